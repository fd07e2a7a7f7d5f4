import { isLeaf } from '../areas/area.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import { sampleAudience } from '../audiences/count-audience.ts'
import { audienceOf } from '../audiences/count-recipients.ts'
import { composeFor, partFor } from '../audiences/plan-content.ts'
import type { ContentVersion } from '../content/content.ts'
import type { Db } from '../db/open-database.ts'
import type { Outgoing } from '../delivery/outgoing.ts'
import { type Language, languages } from '../messages/messages.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignDeps } from './campaign-deps.ts'

type Deps = Pick<CampaignDeps, 'directory' | 'messages' | 'today'>

/** The message in every language that it is written in, as somebody in one of its places gets it. */
export async function previewCampaign(
  db: Db,
  deps: Deps,
  { campaign, version }: { campaign: Campaign; version: ContentVersion },
): Promise<Outgoing[]> {
  const written = languages.filter((language) => version.texts[language])
  const { tree } = await deps.directory.current(db)
  const today = deps.today()
  const places = await listPlaces(db, { tree, today }, { campaign, version })
  return written.map((language) => {
    const areaId = pickPlace({ tree, today }, version, language, places)
    return compose(deps, { tree, today }, { campaign, version }, { language, areaId })
  })
}

/** The message as this one reader gets it; who has no village gets it as in one of its places. */
export async function composeForReader(
  db: Db,
  deps: Deps,
  about: { campaign: Campaign; version: ContentVersion },
  reader: { language: Language; areaId: number | null },
): Promise<Outgoing> {
  const { tree } = await deps.directory.current(db)
  const today = deps.today()
  const places =
    reader.areaId === null ? await listPlaces(db, { tree, today }, about) : [reader.areaId]
  const areaId = pickPlace({ tree, today }, about.version, reader.language, places)
  return compose(deps, { tree, today }, about, { language: reader.language, areaId })
}

/** Some of the places that it goes to. */
async function listPlaces(
  db: Db,
  about: { tree: AreaTree; today: string },
  { campaign, version }: { campaign: Campaign; version: ContentVersion },
): Promise<number[]> {
  const audience = audienceOf(campaign.audience, version)
  return (await sampleAudience(db, about, audience)).map(({ areaId }) => areaId)
}

function compose(
  { messages }: Pick<Deps, 'messages'>,
  { tree, today }: { tree: AreaTree; today: string },
  { campaign, version }: { campaign: Campaign; version: ContentVersion },
  reader: { language: Language; areaId: number | null },
): Outgoing {
  const { links, asksRead } = campaign.buttons
  return composeFor({ messages, tree, today }, { version, links, asksRead }, reader)
}

/** One of these places, or any other, in which the words say something. */
function pickPlace(
  deps: { tree: AreaTree; today: string },
  version: ContentVersion,
  language: Language,
  places: readonly number[],
): number | null {
  const says = (areaId: number) => partFor(deps, version, { areaId, language }) !== null
  const found = places.find(says)
  if (found !== undefined) return found
  const anywhere = deps.tree.all.find(({ id, level, retiredAt }) => {
    return !retiredAt && isLeaf({ level }) && says(id)
  })
  return anywhere?.id ?? places[0] ?? null
}
