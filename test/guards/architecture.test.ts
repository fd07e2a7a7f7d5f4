import { describe, expect, it } from 'vitest'
import { readSourceFiles, type SourceFile } from './source-files.ts'

/**
 * Who may import whom: a unit is a folder of src/, or a file that lies directly in it. Imports of types count as well,
 * because whoever names another's type must change with it.
 */
const foundation = ['db', 'errors', 'lib']
const base = [...foundation, 'messages', 'delivery', 'updates', 'areas']
const nouns = ['content', 'groups', 'subscribers', 'staff']
const uses = ['tips', 'audiences', 'understanding', 'calendar', 'reminders', 'campaigns']
const arrows: Record<string, readonly string[]> = {
  errors: [],
  lib: ['errors'],
  config: ['errors', 'lib'],
  db: ['errors', 'lib'],
  messages: foundation,
  delivery: [...foundation, 'messages'],
  updates: [...foundation, 'messages'],
  areas: [...foundation, 'messages', 'delivery', 'updates'],
  content: [...base, 'staff'],
  groups: base,
  subscribers: base,
  staff: base,
  // Who reported and who gets content must not meet: a tip never knows a subscriber.
  tips: [...base, 'content', 'groups', 'staff'],
  audiences: [...base, ...nouns, 'understanding'],
  understanding: [...base, ...nouns],
  calendar: [...base, ...nouns],
  reminders: [...base, ...nouns, 'audiences', 'calendar', 'understanding'],
  campaigns: [...base, ...nouns, 'audiences', 'understanding'],
  telegram: [...base, ...nouns, ...uses],
  web: [...base, ...nouns, ...uses],
  schedule: [...base, ...nouns, ...uses],
  // It stands for Telegram: the product reaches it over HTTP, and it knows nothing of the product.
  sandbox: [],
  // The part of the composition root that puts the stand-in in the place of Telegram.
  'sandbox-mode': ['config', 'sandbox', 'telegram', ...base, ...nouns],
  // The part of the composition root that puts the bot to work.
  engine: ['config', 'telegram', 'schedule', ...uses, ...base, ...nouns],
  app: [
    ...['config', 'sandbox-mode', 'engine', 'telegram', 'web', 'schedule'],
    ...[...uses, ...base, ...nouns],
  ],
  main: ['app', 'config', 'errors', 'lib'],
}

/** Packages that one place alone may know. */
const owners: { what: string; of: RegExp; allowed: RegExp; where: string }[] = [
  {
    what: 'grammY',
    of: /^(grammy|@grammyjs\/.+)(\/|$)/,
    allowed: /^src\/telegram\//,
    where: 'src/telegram',
  },
  {
    what: 'Fastify',
    of: /^(fastify|@fastify\/.+)$/,
    allowed: /^src\/(web|sandbox)\/|^src\/(app|sandbox-mode)\.ts$/,
    where: 'src/web, src/sandbox, src/app.ts and src/sandbox-mode.ts',
  },
  {
    what: 'i18next',
    of: /^i18next$/,
    allowed: /^src\/(messages|sandbox\/page)\//,
    where: 'src/messages and the pages',
  },
  {
    what: 'node-cron',
    of: /^node-cron$/,
    allowed: /^src\/(schedule|reminders\/cron-times)\.ts$/,
    where: 'src/schedule.ts and src/reminders/cron-times.ts',
  },
  {
    what: 'database drivers',
    of: /^(@electric-sql\/|pg$|@?prisma|pglite-prisma)/,
    allowed: /^src\/db\//,
    where: 'src/db',
  },
  {
    what: 'React and Ant Design',
    of: /^(react|antd|@tanstack)/,
    allowed: /^src\/(sandbox\/page|console)\//,
    where: 'the pages',
  },
]

/** What only a store and src/db may do. */
const database = /^src\/db\/|-store\.ts$/
const forbiddenNames = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'manager',
  'service',
  'base',
]
const maxLines = 250

/** State that lives in a module, each with its reason. */
const moduleState: Record<string, string> = {
  'src/db/migrations.ts': 'the bindings of the engine are state of its package, set up once',
  'src/sandbox/world/chats.ts': 'empty maps that stay empty, shared by a million private chats',
  'src/telegram/context.ts': 'grammY hands a handler the update and nothing else',
}

const files = readSourceFiles('src')
const server = files.filter(({ path }) => !path.startsWith('src/sandbox/page/'))

const unitOf = (path: string) => path.split('/')[1]?.replace(/\.tsx?$/, '') ?? ''
const isInSource = (target: string | null): target is string => target?.startsWith('src/') ?? false
const toLines = (problems: string[]) => problems.join('\n')

/** Lines of a file that match, as "path:line what". */
function findLines(source: readonly SourceFile[], pattern: RegExp): string[] {
  return source.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [])),
  )
}

describe('imports', () => {
  it('point downward only', () => {
    const problems = files.flatMap(({ path, imports }) =>
      imports.flatMap(({ target }) => {
        if (!isInSource(target) || unitOf(target) === unitOf(path)) return []
        const isAllowed = arrows[unitOf(path)]?.includes(unitOf(target))
        return isAllowed ? [] : [`${path} imports ${target}: ${unitOf(path)} may not know it`]
      }),
    )
    expect(toLines(problems)).toBe('')
  })

  it('are declared for every folder of src', () => {
    const units = [...new Set(files.map(({ path }) => unitOf(path)))]
    expect(units.filter((unit) => !(unit in arrows))).toEqual([])
  })

  it('make no circle', () => {
    expect(toLines(findCircles(files))).toBe('')
  })

  it('name files that exist, with their extension', () => {
    const known = new Set(files.map(({ path }) => path))
    const problems = files.flatMap(({ path, imports }) =>
      imports.flatMap(({ target }) =>
        isInSource(target) &&
        /\.tsx?$/.test(target) &&
        !known.has(target) &&
        !target.includes('/generated/')
          ? [`${path} imports ${target}, which is not there`]
          : [],
      ),
    )
    const bare = findLines(files, /from '\.[^']*\/[^'.]+'/)
    expect(toLines([...problems, ...bare])).toBe('')
  })

  it('of the stand-in leave the product alone; its page may use shipped texts and data', () => {
    const problems = files
      .filter(({ path }) => unitOf(path) === 'sandbox')
      .flatMap(({ path, imports }) =>
        imports.flatMap(({ target }) =>
          target === null ||
          target.startsWith('src/sandbox/') ||
          (path.startsWith('src/sandbox/page/') && /^(locales|prisma\/seed)\//.test(target))
            ? []
            : [`${path} imports ${target}`],
        ),
      )
    expect(toLines(problems)).toBe('')
  })

  for (const { what, of, allowed, where } of owners)
    it(`of ${what} stay in ${where}`, () => {
      const problems = files.flatMap(({ path, imports }) =>
        imports
          .filter(({ specifier }) => of.test(specifier) && !allowed.test(path))
          .map(({ specifier }) => `${path} imports ${specifier}, which belongs to ${where}`),
      )
      expect(toLines(problems)).toBe('')
    })
})

describe('the database', () => {
  it('is described by the generated client only in src/db and in stores', () => {
    const problems = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier }) => specifier.includes('/generated/') && !database.test(path))
        .map(({ specifier }) => `${path} imports ${specifier}`),
    )
    expect(toLines(problems)).toBe('')
  })

  it('is queried only in src/db and in stores', () => {
    const others = files.filter(({ path }) => !database.test(path))
    const raw = findLines(others, /\$(queryRaw|executeRaw)/)
    const models = findLines(
      others,
      /\b(db|tx)\.\w+\.(find|create|update|delete|upsert|count|aggregate|groupBy)\w*\(/,
    )
    expect(toLines([...raw, ...models])).toBe('')
  })
})

describe('files', () => {
  it('have names in kebab-case', () => {
    const wrong = files.filter(({ path }) => !/^(src\/)?([a-z0-9-]+\/)*[a-z0-9.-]+$/.test(path))
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('are found by what they hold: no index.ts, no utils, helpers, common, manager, service, base', () => {
    const wrong = files.filter(({ path }) => {
      const words = path.replace(/\.tsx?$/, '').split('/')
      return words.at(-1) === 'index' || words.some((word) => forbiddenNames.includes(word))
    })
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it(`are at most ${maxLines} lines long`, () => {
    const long = files
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > maxLines)
    expect(toLines(long.map(({ path, lines }) => `${path} has ${lines} lines`))).toBe('')
  })
})

describe('code', () => {
  it('reads the environment only in src/config.ts and src/main.ts', () => {
    const others = server.filter(({ path }) => !['src/config.ts', 'src/main.ts'].includes(path))
    expect(toLines(findLines(others, /process\.env|from 'node:process'.*\benv\b/))).toBe('')
  })

  it('ends the process only in src/main.ts', () => {
    const others = server.filter(({ path }) => path !== 'src/main.ts')
    expect(toLines(findLines(others, /process\.exit\b/))).toBe('')
  })

  it('prints only from src/main.ts: everything else has a log', () => {
    const others = server.filter(({ path }) => path !== 'src/main.ts')
    expect(
      toLines(findLines(others, /^(?!\s*(\*|\/\/)).*\bconsole\.(log|error|warn|info)\(/)),
    ).toBe('')
  })

  it('uses what Node erases: no enum, no namespace, no parameter property', () => {
    const pattern =
      /^\s*(export\s+)?(const\s+|declare\s+)?enum\s+\w|^\s*(export\s+)?namespace\s+\w|constructor\([^)]*\b(private|public|protected|readonly)\s/
    expect(toLines(findLines(files, pattern))).toBe('')
  })

  it('keeps no state in a module', () => {
    const pattern =
      /^(export )?let |^(export )?const \w+(: (?!Readonly)[^=]+)? = new (Map|Set|WeakMap|WeakSet)(<[^=]*>)?\(\)/
    const found = findLines(server, pattern).filter(
      (line) => !(line.slice(0, line.indexOf(':')) in moduleState),
    )
    expect(toLines(found)).toBe('')
  })

  it('leaves nothing for later', () => {
    const everything = readSourceFiles('src', 'scripts', 'test')
    const others = everything.filter(({ path }) => !path.startsWith('test/guards/'))
    expect(toLines(findLines(others, /\b(TODO|FIXME|XXX)\b/))).toBe('')
  })
})

/** Every file that can reach itself, as "a → b → a"; each circle once. */
function findCircles(source: readonly SourceFile[]): string[] {
  const targets = new Map(
    source.map(({ path, imports }) => [
      path,
      imports.map(({ target }) => target).filter(isInSource),
    ]),
  )
  const finished = new Set<string>()
  const circles = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) circles.add([...trail.slice(start), path].join(' → '))
    if (start >= 0 || finished.has(path)) return
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path])
    finished.add(path)
  }
  for (const { path } of source) visit(path, [])
  return [...circles]
}
