import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, describe, expect, it } from 'vitest'
import { readPosterOptions } from '../../scripts/support/poster-options.ts'
import { findPosterPlaces } from '../../scripts/support/poster-places.ts'
import { openDatabase } from '../../src/db/open-database.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { addDistributor } from '../../src/subscribers/invites/add-distributor.ts'
import { retireDistributor } from '../../src/subscribers/invites/distributor-store.ts'
import { phraseOf } from '../../src/subscribers/verify/day-phrase.ts'
import { root } from '../guards/source-files.ts'
import { runNode } from '../support/child.ts'
import { copyPrepared } from '../support/prepared.ts'

const folder = mkdtempSync(join(tmpdir(), 'qingfeng-poster-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const key = new Uint8Array(32).fill(9)
writeFileSync(join(folder, 'secret.key'), Buffer.from(key).toString('base64'), { mode: 0o600 })
writeFileSync(join(folder, '.env'), 'DATA_DIR=./database\nSECRET_KEY_FILE=./secret.key\n')
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

async function run(command: string, ...args: string[]) {
  const file = join(root, `scripts/${command}.ts`)
  const { code, out, err } = await runNode([file, ...args], { cwd: folder }).ended
  return { code, out, err }
}

const village = ['--area', '330825001227']
const bot = ['--bot', '@qingfeng_bot']

describe('the poster command', () => {
  it('makes the files of a village, before the service ever ran', async () => {
    const { code, out, err } = await run('poster', ...village, ...bot, '--out', 'made')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('poster.pdf, poster.png')
    expect(readdirSync(join(folder, 'made')).sort()).toEqual(
      [
        'card-back.png',
        'card-front.png',
        'card-sheet.pdf',
        'card.pdf',
        'poster.pdf',
        'poster.png',
      ].map((name) => `330825001227-半爿月村-${name}`),
    )
  })

  it('asks for the name of the bot when there is neither name nor token', async () => {
    const { code, err } = await run('poster', ...village)
    expect({ code, err }).toEqual({
      code: 2,
      err: 'Which bot? Give its name: --bot <name>, or set BOT_TOKEN.\n',
    })
  })
})

describe('its options', () => {
  const read = (...args: string[]) => readPosterOptions(args)

  it('name one village, all of a township, or a distributor alone', () => {
    expect(read(...village, ...bot)).toMatchObject({
      ...{ place: { area: '330825001227' }, bot: 'qingfeng_bot', language: 'zh-CN' },
      ...{ distributor: null, hotlines: [], rules: undefined, out: 'posters' },
    })
    expect(read('--all', '--township', '330825001000')).toMatchObject({
      place: { township: '330825001000' },
    })
    expect(read('--distributor', 'cdfgh')).toMatchObject({ place: null, distributor: 'CDFGH' })
  })

  it('take rules and numbers of the county', () => {
    const rules = write('rules.txt', '\uFEFF不收钱。\r\n\n不拿东西。\n自己定。\n')
    const options = read(...village, '--rules', rules, '--hotline', ' 县换届办 0570-7012380 ')
    expect(options).toMatchObject({
      rules: ['不收钱。', '不拿东西。', '自己定。'],
      hotlines: ['县换届办 0570-7012380'],
    })
  })

  it.each([
    [[], 'Usage'],
    [['--all'], 'Usage'],
    [[...village, '--all', '--township', '330825001000'], 'Usage'],
    [['--unknown'], 'Usage'],
    [['--area', '330'], 'twelve digits'],
    [[...village, '--bot', 'no name'], 'no name of a bot'],
    [[...village, '--distributor', 'x'], 'no code of a distributor'],
    [[...village, '--language', 'de'], 'zh-CN, en'],
    [[...village, '--hotline', '换届办'], 'no hotline'],
    [[...village, ...['1', '2', '3'].flatMap((n) => ['--hotline', `电话 12${n}`])], 'room for 2'],
    [[...village, '--rules', write('few.txt', '一。\n二。')], 'has 2 rules'],
    [[...village, '--rules', write('long.txt', `一。\n二。\n${'长'.repeat(31)}`)], 'Rule 3'],
    [[...village, '--rules', 'none.txt'], 'cannot be read'],
  ])('that do not fit are refused with what to do: %j', (args, said) => {
    expect(() => read(...args)).toThrow(said)
  })
})

describe('its places', () => {
  const nowhere = { databaseUrl: undefined, dataDir: join(folder, 'nothing') }
  const find = (...args: string[]) => findPosterPlaces(readPosterOptions(args), nowhere)

  it('are those of a township, or of a whole county', async () => {
    const places = await find('--all', '--township', '330825001000')
    expect(places).toHaveLength(27)
    expect(places).toContainEqual({
      ...{ code: '330825001227', name: '半爿月村', place: '衢州市 龙游县 龙洲街道' },
    })
    expect((await find('--all', '--township', '330825000000')).length).toBeGreaterThan(200)
  })

  it.each([
    [['--area', '330825001000'], '--all --township 330825001000'],
    [['--area', '999999999999'], 'no place'],
    [['--all', '--township', '330825001227'], '--area 330825001227'],
    [[...village, '--directory', write('bad.csv', 'code,name\n1,2\n')], 'bad.csv: Line 1'],
    [[...village, '--directory', 'none.csv'], 'cannot be read'],
  ])('that are none are refused: %j', async (args, said) => {
    await expect(find(...args)).rejects.toThrow(said)
  })

  it('come from the database of the settings, and so do distributors', async () => {
    const dataDir = join(folder, 'data')
    copyPrepared('seeded', dataDir)
    const where = { databaseUrl: undefined, dataDir }
    const change = async <T>(
      act: (db: Awaited<ReturnType<typeof openDatabase>>['db']) => Promise<T>,
    ) => {
      const database = await openDatabase({ url: undefined, dataDir })
      return act(database.db).finally(database.close)
    }
    const added = await change((db) => addDistributor(db, { name: '小学', now: new Date(0) }))
    if (added.outcome !== 'added') throw new Error(added.outcome)
    const { id, code } = added.distributor
    const options = readPosterOptions([...village, '--distributor', code])
    expect(await findPosterPlaces(options, where)).toMatchObject([{ name: '半爿月村' }])
    await change((db) => retireDistributor(db, id, new Date(0)))
    await expect(findPosterPlaces(options, where)).rejects.toThrow(`no distributor ${code}`)
  })
})

describe('the command for the phrases of the day', () => {
  it('prints the coming days for the notice board', async () => {
    const { code, out } = await run('verify-phrase', '--from', '2017-03-28', '--days', '2')
    const keyring = createKeyring(key)
    const words = (day: string) => phraseOf(keyring, day).join('　')
    expect({ code, out }).toEqual({
      code: 0,
      out: `2017-03-28  ${words('2017-03-28')}  3月28日（星期二）\n2017-03-29  ${words('2017-03-29')}  3月29日（星期三）\n`,
    })
  })

  it('makes a page for each day, to be put up', async () => {
    const day = ['--from', '2017-03-28', '--days', '2']
    const { code, out } = await run(
      'verify-phrase',
      ...day,
      '--pdf',
      'board.pdf',
      '--bot',
      '@qf_bot',
    )
    expect({ code, out }).toEqual({ code: 0, out: 'board.pdf: 2 pages, from 2017-03-28\n' })
    const pdf = await PDFDocument.load(readFileSync(join(folder, 'board.pdf')))
    expect(pdf.getPageCount()).toBe(2)
  })

  it.each([
    ['--bot', 'no name'],
    ['--from', '2017-02-30'],
  ])('shows how it is used for %s %s', async (...args) => {
    const { code, err } = await run('verify-phrase', ...args)
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('Usage: npm') })
  })
})
