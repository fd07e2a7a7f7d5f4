import { riskClasses } from '../../areas/area.ts'
import { displayName } from '../../areas/area-name.ts'
import type { Audience } from '../../audiences/audience.ts'
import { isAboutReading } from '../../audiences/choose-audience.ts'
import { listPlaces, sampleAudience } from '../../audiences/count-audience.ts'
import { audienceOf, countRecipients } from '../../audiences/count-recipients.ts'
import { describeAudience } from '../../audiences/describe-audience.ts'
import { daysToElectionIn, phases } from '../../calendar/phases.ts'
import type { CampaignDeps } from '../../campaigns/campaign-deps.ts'
import { sayCount } from '../../campaigns/say-count.ts'
import type { Button, Keyboard } from '../../delivery/outgoing.ts'
import { languages } from '../../messages/messages.ts'
import { subscriberRoles } from '../../subscribers/subscriber.ts'
import type { ChatContext } from '../context.ts'
import { type At, pairs } from './broadcast-page.ts'

type Screen = { text: string; keyboard: Keyboard }

/** Which parts of an audience are chosen on a page of their own. */
export const audienceParts = [
  'place',
  'risk',
  'phase',
  'role',
  'language',
  'since',
  'read',
] as const
export type AudiencePart = (typeof audienceParts)[number]

/** To whom it goes: what is chosen so far, exactly how many these are now, and some of their places. */
export async function showAudience(
  ctx: ChatContext,
  deps: CampaignDeps,
  { campaign, version }: At,
): Promise<Screen> {
  const { tree } = await deps.directory.current(ctx.tx)
  const t = deps.messages.in(ctx.turn.language)
  const lines = describeAudience(campaign.audience, tree, t)
  const said = lines.length === 0 ? [t('campaigns:audience.everybody')] : lines
  const part = (name: AudiencePart): Button => ({
    text: t(`campaigns:button.by-${name}`),
    data: `bc:a-${name}:${campaign.id}`,
  })
  const clear = { text: t('campaigns:button.everybody'), data: `bc:a-clear:${campaign.id}` }
  return {
    text: [
      t('campaigns:audience.ask'),
      '',
      ...said.map((line) => `· ${line}`),
      '',
      ...(await countLines(ctx, deps, { audience: campaign.audience, version })),
    ].join('\n'),
    keyboard: [...pairs(audienceParts.map(part)), ...(lines.length > 0 ? [[clear]] : [])],
  }
}

async function countLines(
  ctx: ChatContext,
  deps: CampaignDeps,
  { audience, version }: { audience: Audience; version: At['version'] },
): Promise<string[]> {
  const { tree } = await deps.directory.current(ctx.tx)
  const t = deps.messages.in(ctx.turn.language)
  const about = { tree, today: deps.today() }
  if (!version) {
    const found = await listPlaces(ctx.tx, about, audience)
    const byArea = new Map(found.map(({ areaId, people }) => [areaId, people]))
    return sayCount({ byArea, withoutDay: 0 }, audience, t)
  }
  const whole = audienceOf(audience, version)
  const count = await countRecipients(ctx.tx, about, { audience: whole, version })
  const sample = (await sampleAudience(ctx.tx, about, whole)).filter(({ areaId }) =>
    count.byArea.has(areaId),
  )
  // What few people did or did not read would tell what each of them did.
  const places = isAboutReading(audience)
    ? []
    : sample.map(({ areaId, people }) =>
        t('campaigns:audience.sample-line', { place: displayName(tree.get(areaId)), people }),
      )
  const topic = t('campaigns:audience.topic', { topic: t(`campaigns:topic.${version.kind}`) })
  return [
    ...sayCount(count, audience, t),
    ...(places.length > 0 ? [t('campaigns:audience.sample'), ...places] : []),
    topic,
  ]
}

/** A page of things that can be on or off. */
export function showChoices(
  ctx: ChatContext,
  { campaign }: At,
  part: 'risk' | 'role' | 'language' | 'phase',
): Screen {
  const { id, audience } = campaign
  const option = (words: string, value: string, isOn: boolean): Button => ({
    text: `${isOn ? '✅ ' : ''}${words}`,
    data: `bc:a-set:${id}:${part}:${value}`,
  })
  const options = {
    risk: () =>
      riskClasses.map((risk) =>
        option(
          ctx.t(`campaigns:risk.${risk}`),
          risk,
          audience.riskClasses?.includes(risk) ?? false,
        ),
      ),
    role: () =>
      subscriberRoles.map((role) =>
        option(ctx.t(`campaigns:role.${role}`), role, audience.roles?.includes(role) ?? false),
      ),
    language: () =>
      languages.map((language) =>
        option(
          ctx.t(`campaigns:language.${language}`),
          language,
          audience.languages?.includes(language) ?? false,
        ),
      ),
    phase: () =>
      phases.map((phase) => {
        const { from, to } = daysToElectionIn(phase)
        const chosen = audience.daysToElection
        return option(
          ctx.t(`campaigns:phase.${phase.key}`),
          phase.key,
          chosen?.from === from && chosen.to === to,
        )
      }),
  }[part]()
  return {
    text: ctx.t(`campaigns:audience.ask-${part}`),
    keyboard: [...options.map((one) => [one]), [backButton(ctx, id)]],
  }
}

export function backButton(ctx: ChatContext, id: number): Button {
  return { text: ctx.t('campaigns:button.back'), data: `bc:step:${id}:audience` }
}
