import { StartError } from '../errors.ts'

type Listener = { listen: (where: { host: string; port: number }) => Promise<string> }

const sentences: Record<string, string> = {
  EADDRINUSE: 'PORT: another program listens there already. Stop it, or choose another port.',
  EACCES: 'PORT: this user may not listen on this port. Choose one from 1024 up.',
  EADDRNOTAVAIL:
    'HOST: this machine does not have this address. Choose 127.0.0.1 for itself alone, or 0.0.0.0 for every network it is in.',
  EAFNOSUPPORT:
    'HOST: this machine has no addresses of this kind. Choose 127.0.0.1 for itself alone, or 0.0.0.0 for every network it is in.',
}

/**
 * Opens the port and gives the address to call.
 * @throws StartError with one sentence when the operator must change HOST or PORT.
 */
export async function listen(
  server: Listener,
  where: { host: string; port: number },
): Promise<string> {
  try {
    const address = await server.listen(where)
    // 0.0.0.0 is no address to call.
    return address.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const sentence = sentences[code]
    throw sentence ? new StartError(`${sentence} (${code})`) : error
  }
}
