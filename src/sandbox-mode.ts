import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import type { Db, PrismaClient } from './db/open-database.ts'
import { describeError } from './errors.ts'
import { bindInbox } from './groups/bind-inbox.ts'
import { createBindCode } from './groups/create-bind-code.ts'
import { createEnrolLink } from './groups/create-enrol-link.ts'
import { enrolSupervisor } from './groups/enrol-supervisor.ts'
import type { Group } from './groups/group.ts'
import { listGroups } from './groups/group-store.ts'
import { listSupervisors } from './groups/supervisor-store.ts'
import type { Keyring } from './lib/keyring.ts'
import type { Log } from './lib/log.ts'
import {
  addMissingAdmins,
  fillWorld,
  findCastMember,
  sandboxAdminIds,
  sandboxBot,
} from './sandbox/cast.ts'
import { keepWorld, readWorld, skipUsedUpdateIds } from './sandbox/keep-world.ts'
import { createStandIn } from './sandbox/stand-in.ts'
import { bindHash, enrolHash } from './telegram/one-time-hashes.ts'

export { sandboxAdminIds, sandboxBot }

/** Where the stand-in is mounted on our own server; the bot calls it there over HTTP like the real one. */
export const sandboxPrefix = '/sandbox'

/** Real supergroups have ids of this form. */
const chatIdOf = (group: Group) => -1_002_000_000_000 - group.id

/** The service without Telegram: a stand-in in its place, with people, and group chats bound to every group. */
export async function openSandbox(deps: {
  db: PrismaClient
  keyring: Keyring
  config: Pick<Config, 'dataDir'>
  now: () => Date
  log: Log
}) {
  const file = join(deps.config.dataDir, 'sandbox-world.json')
  const snapshot = readWorld(file)
  const standIn = createStandIn({
    bot: sandboxBot,
    now: () => deps.now().getTime(),
    ...(snapshot ? { snapshot } : {}),
  })
  const groups = await listGroups(deps.db)
  if (!snapshot) fillWorld(standIn.world, await describeChats(deps.db, groups))
  else addMissingAdmins(standIn.world)
  skipUsedUpdateIds(standIn.world)
  await deps.db.$transaction((tx) => bindUnbound(tx, deps, groups))
  const stopKeeping = keepWorld(standIn.world, file, (error) =>
    deps.log.error({ error: describeError(error) }, 'the sandbox cannot be saved in DATA_DIR'),
  )
  return {
    register: (app: FastifyInstance) => app.register(standIn.plugin, { prefix: sandboxPrefix }),
    stop: async () => {
      await standIn.stop()
      stopKeeping()
    },
  }
}

async function describeChats(db: Db, groups: Group[]) {
  return Promise.all(
    groups.map(async (group) => ({
      chatId: chatIdOf(group),
      title: group.name,
      isForum: hasTopics(group),
      rosterIds: (await listSupervisors(db, group.id)).flatMap(
        ({ name }) => findCastMember(name) ?? [],
      ),
    })),
  )
}

/** The higher offices have topics, townships plain chats: both kinds can be tried. */
function hasTopics(group: Group): boolean {
  return group.level !== 'township'
}

/** What in real life is done with /bind and the personal links. */
async function bindUnbound(
  tx: Db,
  { keyring, now }: { keyring: Keyring; now: () => Date },
  groups: Group[],
): Promise<void> {
  for (const group of groups.filter(({ inboxState }) => inboxState === 'unbound')) {
    const bind = { db: tx, hash: bindHash(keyring) }
    const created = await createBindCode(bind, { groupId: group.id, now: now() })
    if (created.outcome !== 'created') continue
    const input = { chatId: chatIdOf(group), forum: hasTopics(group), now: now() }
    await bindInbox(bind, { ...input, code: created.code })
    await enrolCast(tx, { keyring, now }, group)
  }
}

async function enrolCast(
  tx: Db,
  { keyring, now }: { keyring: Keyring; now: () => Date },
  group: Group,
): Promise<void> {
  const enrol = { db: tx, hash: enrolHash(keyring) }
  for (const { id, name } of await listSupervisors(tx, group.id)) {
    const telegramId = findCastMember(name)
    if (telegramId === undefined) continue
    const link = await createEnrolLink(enrol, { supervisorId: id, now: now() })
    if (link.outcome === 'created')
      await enrolSupervisor(enrol, { code: link.code, telegramId, now: now() })
  }
}
