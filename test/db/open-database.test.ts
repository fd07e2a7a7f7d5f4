import fs, { existsSync, mkdtempSync, readlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { describe, expect, it, vi } from 'vitest'
import { AwaitedPGlite } from '../../src/db/awaited-pglite.ts'
import { diffMigration, listMigrations } from '../../src/db/migrations.ts'
import { openDatabase } from '../../src/db/open-database.ts'
import { createServerDatabase, createTestDatabase } from '../support/database.ts'
import { copyPrepared } from '../support/prepared.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'qingfeng-'))
/** With a database in it. */
const newDataDir = () => {
  const dataDir = newFolder()
  copyPrepared('migrated', dataDir)
  return dataDir
}

describe('the embedded database', () => {
  it('applies every migration to a new folder and none to it the second time', async () => {
    const dataDir = newFolder()
    const first = await openDatabase({ dataDir })
    expect(first.applied).toEqual(listMigrations())
    await first.db.setting.create({ data: { key: 'kept', value: 1 } })
    await first.close()

    const second = await openDatabase({ dataDir })
    expect(second.applied).toEqual([])
    expect(await second.db.setting.findUnique({ where: { key: 'kept' } })).toMatchObject({
      value: 1,
    })
    await second.close()
  })

  it.runIf(process.platform === 'linux')(
    'has on the disk what it says is written, so that a power cut loses nothing',
    async () => {
      const database = await openDatabase({ dataDir: newDataDir() })
      const steps: string[] = []
      const isLog = (fd: number) => readlinkSync(`/proc/self/fd/${fd}`).includes('/pg_wal/')
      const { writeSync, fdatasyncSync } = fs
      vi.spyOn(fs, 'writeSync').mockImplementation(((fd: number, ...given: [Uint8Array]) => {
        if (isLog(fd)) steps.push('written')
        return writeSync(fd, ...given)
      }) as typeof fs.writeSync)
      vi.spyOn(fs, 'fdatasyncSync').mockImplementation((fd) => {
        if (isLog(fd)) steps.push('on the disk')
        fdatasyncSync(fd)
      })
      for (const n of [1, 2]) {
        await database.db.setting.create({ data: { key: `kept ${n}`, value: n } })
        steps.push('told')
      }
      vi.restoreAllMocks()
      await database.close()
      const once = ['written', 'on the disk', 'told']
      expect(steps).toEqual([...once, ...once])
    },
  )

  it('refuses a folder that another process uses and names that process', async () => {
    const dataDir = newDataDir()
    const holder = await openDatabase({ dataDir })
    await expect(openDatabase({ dataDir })).rejects.toThrow(
      `process (id ${process.pid} on ${hostname()})`,
    )
    await holder.close()
  })

  it('takes over the lock of a process that is gone, even when its id was given to another', async () => {
    const dataDir = newDataDir()
    const dead = { pid: process.pid, startedAt: 'another life', host: hostname() }
    writeFileSync(join(dataDir, 'qingfeng.lock'), JSON.stringify(dead))
    const database = await openDatabase({ dataDir })
    await database.close()
  })

  it('gives the folder back when it could not be opened', async () => {
    const dataDir = newFolder()
    writeFileSync(join(dataDir, 'postgres'), 'not a folder')
    await expect(openDatabase({ dataDir })).rejects.toThrow()
    expect(existsSync(join(dataDir, 'qingfeng.lock'))).toBe(false)
  })

  it.runIf(process.platform === 'linux')(
    'refuses a folder that cannot be made, at once',
    async () => {
      await expect(openDatabase({ dataDir: '/proc/nowhere/data' })).rejects.toThrow(
        'Choose another',
      )
    },
  )

  it('refuses a data folder that is a file with a sentence', async () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, '')
    await expect(openDatabase({ dataDir: join(file, 'data') })).rejects.toThrow(
      'DATA_DIR is not a folder',
    )
  })
})

describe('both databases', () => {
  it('are refused when they have a migration that this code does not know', async () => {
    const dataDir = newDataDir()
    const database = await openDatabase({ dataDir })
    await database.db.$executeRaw`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
      VALUES ('x', 'x', '29991231000000_from_the_future', now())`
    await database.close()
    await expect(openDatabase({ dataDir })).rejects.toThrow('newer than this program')
  })

  it('roll a failed transaction back', async () => {
    const { db } = await createTestDatabase()
    const failing = db.$transaction(async (tx) => {
      await tx.setting.create({ data: { key: 'half', value: 1 } })
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(await db.setting.count()).toBe(0)
  })
})

describe('a database server', () => {
  it('that nobody runs is explained', async () => {
    const url = 'postgresql://nobody@127.0.0.1:9/none'
    await expect(openDatabase({ url, dataDir: '' })).rejects.toThrow('No database answers')
  })

  it.runIf(process.env.TEST_DATABASE_URL)('without that database is explained', async () => {
    const url = new URL(process.env.TEST_DATABASE_URL ?? '')
    url.pathname = '/does_not_exist'
    await expect(openDatabase({ url: url.href, dataDir: '' })).rejects.toThrow('does not exist')
  })

  it.runIf(process.env.TEST_DATABASE_URL)(
    'is migrated once by two processes that start together',
    async () => {
      const { url, drop } = await createServerDatabase(process.env.TEST_DATABASE_URL ?? '')
      const both = await Promise.all([
        openDatabase({ url, dataDir: '' }),
        openDatabase({ url, dataDir: '' }),
      ])
      expect(both.map((database) => database.applied.length).sort()).toEqual([
        0,
        listMigrations().length,
      ])
      await Promise.all(both.map((database) => database.close()))
      await drop()
    },
  )
})

describe('the schema', () => {
  it('is what the shipped migrations lead to', async () => {
    const pglite = await PGlite.create()
    expect(await diffMigration(new AwaitedPGlite(pglite))).toBe('')
    await pglite.close()
  })
})
