import type { Db } from '../../db/open-database.ts'
import { readOffice } from '../../groups/accused-office.ts'
import { type AccusedRole, higherRole } from '../../groups/accused-rank.ts'
import type { TipFacts } from '../../groups/decide-group.ts'
import type { GroupKind } from '../../groups/group.ts'
import { fromReporter, listMessages } from '../dialogue/message-store.ts'
import type { MessageContent } from '../dialogue/send-to-reporter.ts'
import { type Answers, textOf } from '../interview/draft.ts'
import { openTipContent, openWithTip } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import type { TipRow } from '../tip-store.ts'

/** Quarrels that an election brings go to the people who settle quarrels. */
const mediationCategory = 'dispute'

const kindOfCategory = (category: string): GroupKind =>
  category === mediationCategory ? 'mediation' : 'supervision'

/** What the choice of a group depends on, but for the groups that this tip must not go to. */
export async function readTipFacts(
  tx: Db,
  deps: Pick<TipDeps, 'keyring' | 'directory'>,
  tip: TipRow,
  /** Nothing was said since: it is being filed. */
  { isNew = false } = {},
): Promise<Omit<TipFacts, 'excludedGroupIds' | 'above'>> {
  const { tree } = await deps.directory.current(tx)
  const { answers } = openTipContent(deps.keyring, tip)
  const pressed = answers.role && 'choice' in answers.role ? answers.role.choice : 'unknown'
  const chain = tree.chain(tip.areaId)
  const countyIsCity = chain.some(({ level, name }) => level === 'county' && name.endsWith('市'))
  const name = textOf(answers.who) || undefined
  const told =
    [...toldBeside(answers), ...(isNew ? [] : await toldLater(tx, deps, tip))].join('\n') ||
    undefined
  const named = readOffice([name, told].join('\n'), { countyIsCity })
  return {
    areaChain: chain.map(({ id }) => id),
    kind: kindOfCategory(tip.category),
    category: tip.category,
    accused: { role: higherRole(pressed as AccusedRole, named), name, told },
  }
}

/** Everything in own words but the name: an office, for whom it was done, who saw it, the story. */
function toldBeside(answers: Answers): string[] {
  const texts = Object.entries(answers).map(([name, answer]) =>
    name === 'who' ? '' : textOf(answer),
  )
  return texts.filter((text) => text !== '')
}

/** What its reporter said after filing: only then the name may have come. */
async function toldLater(
  tx: Db,
  { keyring }: Pick<TipDeps, 'keyring'>,
  tip: TipRow,
): Promise<string[]> {
  const said = (await listMessages(tx, tip.id)).filter(({ kind }) =>
    fromReporter.some((theirs) => theirs === kind),
  )
  return said.flatMap(({ sealed }) => {
    const content = openWithTip<MessageContent>(keyring, tip, sealed)
    return 'text' in content ? [content.text] : []
  })
}
