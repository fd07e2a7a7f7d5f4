/** What stands behind `?start=`: the village of a printed code, who handed it out, or both. */
export type Invite = { areaCode: string | null; distributorCode: string | null }

/** Codes of distributors are capitals and digits; who types one from paper need not mind. */
const payload = /^(?:v_(\d{12})(?:_([A-Z0-9]{4,8}))?|d_([A-Z0-9]{4,8}))$/i

/** Null for what is no link of a village or distributor. */
export function readInvite(text: string): Invite | null {
  const found = payload.exec(text)
  if (!found) return null
  const [, areaCode = null, withVillage, alone] = found
  const code = withVillage ?? alone
  return { areaCode, distributorCode: code === undefined ? null : code.toUpperCase() }
}

/** At most 64 of A-Z a-z 0-9 _ -, which is what Telegram takes. @throws for an invite to nothing. */
export function writeInvite({ areaCode, distributorCode }: Invite): string {
  if (areaCode === null && distributorCode === null) throw new Error('An invite needs a code')
  if (areaCode === null) return `d_${distributorCode}`
  return distributorCode === null ? `v_${areaCode}` : `v_${areaCode}_${distributorCode}`
}

/** The address that opens the bot with this invite. */
export function linkOf(botUsername: string, invite: Invite): string {
  return `https://t.me/${botUsername}?start=${writeInvite(invite)}`
}
