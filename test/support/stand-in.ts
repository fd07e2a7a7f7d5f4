import type {
  ChatView,
  MessageList,
  MessageView,
  PressView,
} from '../../src/sandbox/control/views.ts'
import type { StandInOptions } from '../../src/sandbox/options.ts'
import { createStandIn } from '../../src/sandbox/stand-in.ts'

export const testBot = {
  token: '500000001:TEST-0123456789abcdefghijklmnopqrstuvw',
  username: 'qingfeng_test_bot',
  first_name: '清风',
}

/** No limits: what is measured here is not the pace. */
const noLimits = {
  bot_per_second: null,
  bot_paid_per_second: null,
  chat_per_second: null,
  group_per_minute: null,
} satisfies StandInOptions['limits']

/** A stand-in of its own, and the people in it, reached over HTTP like everything else. */
export async function startStandIn(options: StandInOptions = {}) {
  const standIn = createStandIn({ bot: testBot, limits: noLimits, ...options })
  const { url } = await standIn.start({ port: 0 })

  async function call<T>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<T> {
    const response = await fetch(`${url}/control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const answer = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    return answer as T
  }
  const act = <T = unknown>(what: string, body: object) => call<T>('POST', `/act/${what}`, body)

  return {
    url,
    world: standIn.world,
    stop: () => standIn.stop(),
    call,
    act,
    createPerson: (person: {
      id: number
      first_name: string
      last_name?: string
      username?: string
      language_code?: string
      phone?: string
    }) => call<{ id: number }>('POST', '/users', person),
    createChat: (chat: {
      kind: 'group' | 'supergroup' | 'forum'
      title: string
      members: object[]
    }) => call<ChatView>('POST', '/chats', chat),
    messages: async (chatId: number, viewer: number): Promise<MessageView[]> =>
      (await call<MessageList>('GET', `/chats/${chatId}/messages?viewer=${viewer}&limit=1000`))
        .messages,
    press: (input: { user_id: number; chat_id?: number; message_id: number; data: string }) =>
      act<PressView>('press', input),
  }
}
