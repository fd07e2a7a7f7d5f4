import { expect, test } from 'vitest'
import { type Bed, startBed, TOKEN } from './support/stand-in.ts'

const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 1, 2, 3])

async function upload(bed: Bed, method: string, fields: Record<string, string | File>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const response = await fetch(`${bed.url}/bot${TOKEN}/${method}`, { method: 'POST', body: form })
  // biome-ignore lint/suspicious/noExplicitAny: tests read every shape there is
  return (await response.json()) as any
}

const photo = (bytes: Uint8Array<ArrayBuffer> = PHOTO, name = 'a.jpg') =>
  new File([bytes], name, { type: 'image/jpeg' })

test('takes an upload, gives the same bytes back, and sends it again by its file_id', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const chat_id = String(id)
  const sent = await upload(bed, 'sendDocument', {
    chat_id,
    document: new File([PHOTO], '张三.jpg', { type: 'image/jpeg' }),
    caption: '<b>x</b>',
    parse_mode: 'HTML',
  })
  const { document, caption } = sent.result
  expect(caption).toBe('x')
  expect(document).toMatchObject({ file_name: '张三.jpg', mime_type: 'image/jpeg', file_size: 7 })
  const file = await bed.bot('getFile', { file_id: document.file_id })
  const link = `${bed.url}/file/bot${TOKEN}/${file.result.file_path}`
  const bytes = new Uint8Array(await (await fetch(link)).arrayBuffer())
  expect(bytes).toEqual(PHOTO)
  const again = await bed.bot('sendDocument', { chat_id: id, document: document.file_id })
  expect(again.result.document.file_unique_id).toBe(document.file_unique_id)
  expect(await bed.description('sendPhoto', { chat_id: id, photo: document.file_id })).toBe(
    "Bad Request: can't use file of type Document as Photo",
  )
  expect((await fetch(link.replace(TOKEN, '7000000001:wrong'))).status).toBe(401)
  expect((await fetch(`${link}.nope`)).status).toBe(404)
})

test('refuses files it does not know or cannot take', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const chat_id = String(id)
  const send = (value?: unknown) => bed.description('sendPhoto', { chat_id, photo: value })
  expect(await send('AgACnothing')).toBe('Bad Request: wrong file identifier/HTTP URL specified')
  expect(await send('attach://nothing')).toBe(
    'Bad Request: wrong file identifier/HTTP URL specified',
  )
  expect(await send('https://example.org/a.jpg')).toBe(
    'Bad Request: failed to get HTTP URL content',
  )
  expect(await send()).toBe('Bad Request: there is no photo in the request')
  const empty = await upload(bed, 'sendPhoto', { chat_id, photo: photo(new Uint8Array()) })
  expect(empty.description).toBe('Bad Request: file must be non-empty')
  const named = await upload(bed, 'sendPhoto', { chat_id, photo: photo(PHOTO, 'a.exe') })
  expect(named.description).toContain('photo has unsupported extension')
  const large = photo(new Uint8Array(10 * 1024 * 1024 + 1))
  expect((await upload(bed, 'sendPhoto', { chat_id, photo: large })).description).toContain(
    'is too big for a photo',
  )
  const caption = 'x'.repeat(1025)
  const wordy = await upload(bed, 'sendPhoto', { chat_id, photo: photo(), caption })
  expect(wordy.description).toBe('Bad Request: message caption is too long')
  expect(await bed.description('getFile', { file_id: 'x' })).toBe(
    'Bad Request: wrong file_id or the file is temporarily unavailable',
  )
  expect(await bed.description('getFile')).toBe('Bad Request: file_id not specified')
})

test('hands out nothing over 20 MiB', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const file = (claimed_size: number) => ({
    user_id: id,
    files: [{ kind: 'video', base64: 'AAAA', claimed_size }],
  })
  await bed.act('upload', file(20 * 1024 * 1024))
  await bed.act('upload', file(20 * 1024 * 1024 + 1))
  const ids = (await bed.updates()).map((update) => update.message.video.file_id)
  expect(await bed.description('getFile', { file_id: ids[0] })).toBeUndefined()
  expect(await bed.description('getFile', { file_id: ids[1] })).toBe('Bad Request: file is too big')
})

test('sends albums of 2 to 10 as messages that share an id', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const chat_id = String(id)
  const album = (count: number, type = 'photo') => {
    const media = Array.from({ length: count }, (_, n) => ({ type, media: `attach://f${n}` }))
    const files = media.map((_, n) => [`f${n}`, photo()] as const)
    return upload(bed, 'sendMediaGroup', {
      chat_id,
      media: JSON.stringify(media),
      ...Object.fromEntries(files),
    })
  }
  const { result } = await album(3)
  const ids = result.map((message: { media_group_id: string }) => message.media_group_id)
  expect(ids).toHaveLength(3)
  expect(new Set(ids).size).toBe(1)
  expect((await album(1)).description).toBe('Bad Request: not enough media to send as an album')
  expect((await album(11)).description).toBe('Bad Request: too many messages to send as an album')
  expect((await album(2, 'sticker')).description).toContain("can't parse parameter")
  const mixed = [
    { type: 'photo', media: 'attach://a' },
    { type: 'document', media: 'attach://b' },
  ]
  const refused = await upload(bed, 'sendMediaGroup', {
    chat_id,
    media: JSON.stringify(mixed),
    a: photo(),
    b: photo(),
  })
  expect(refused.description).toBe("Bad Request: document can't be mixed with other media types")
})

test('people upload every kind of file, alone and as an album', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  for (const kind of ['photo', 'document', 'video', 'voice', 'audio', 'animation', 'sticker']) {
    await bed.act('upload', { user_id: id, files: [{ kind, base64: 'AAAA', file_name: 'f.bin' }] })
    const message = (await bed.updates({ offset: -1 }))[0]?.message
    const file = kind === 'photo' ? message.photo[0] : message[kind]
    expect(file.file_size, kind).toBe(3)
    expect('file_name' in file, kind).toBe(!['photo', 'voice', 'sticker'].includes(kind))
  }
  const form = new FormData()
  form.set('user_id', String(id))
  form.set('caption', 'seen at the hall')
  form.append('photo', photo())
  form.append('photo', photo())
  await fetch(`${bed.url}/control/act/upload`, { method: 'POST', body: form })
  const { messages } = await bed.messages(id, `viewer=${id}`)
  const [first, second] = messages.slice(-2)
  expect(first).toMatchObject({ caption: 'seen at the hall', outgoing: true })
  expect(second?.media_group_id).toBe(first?.media_group_id)
  const shown = await fetch(`${bed.url}/control/files/${first?.media?.file_id}`)
  expect(shown.headers.get('content-type')).toBe('image/jpeg')
  expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PHOTO)
})

test('changes media and caption of a message', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const { result } = await upload(bed, 'sendPhoto', { chat_id: String(id), photo: photo() })
  const place = { chat_id: id, message_id: result.message_id }
  const captioned = await bed.bot('editMessageCaption', { ...place, caption: 'new' })
  expect(captioned.result.caption).toBe('new')
  const replaced = await upload(bed, 'editMessageMedia', {
    chat_id: String(id),
    message_id: String(result.message_id),
    media: JSON.stringify({ type: 'document', media: 'attach://d' }),
    d: new File(['text'], 'd.txt', { type: 'text/plain' }),
  })
  expect(replaced.result).toMatchObject({ document: { file_name: 'd.txt' } })
  expect(await bed.description('editMessageText', { ...place, text: 'x' })).toBe(
    'Bad Request: there is no text in the message to edit',
  )
})

test('a person shares a contact and a place', async () => {
  const bed = await startBed()
  const { id } = await bed.villager({ phone: '+8613800000000' })
  await bed.act('contact', { user_id: id })
  await bed.act('location', { user_id: id, latitude: 28.9, longitude: 118.8 })
  const [contact, place] = await bed.updates()
  expect(contact?.message.contact).toMatchObject({ phone_number: '+8613800000000', user_id: id })
  expect(place?.message.location).toEqual({ latitude: 28.9, longitude: 118.8 })
})

test('refuses uploads over 50 MB as a whole', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const document = new File([new Uint8Array(51 * 1024 * 1024)], 'large.bin')
  const answer = await upload(bed, 'sendDocument', { chat_id: String(id), document })
  expect(answer).toEqual({
    ok: false,
    error_code: 413,
    description: 'Request Entity Too Large',
  })
})
