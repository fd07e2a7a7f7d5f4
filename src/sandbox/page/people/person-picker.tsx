import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../control/schemas.ts'
import { Picker } from './picker.tsx'
import { fullName, type Role, roleOf, roles } from './roles.ts'
import { useWorld } from './use-world.ts'

interface Props {
  role: Role
  value: number | undefined
  onPick: (userId: number) => void
}

/** Everybody may sit at every phone: a supervisor is a villager too. Those of the role come first. */
export function PersonPicker({ role, value, onPick }: Props) {
  const { t } = useTranslation()
  const { people } = useWorld()
  const order = [role, ...roles.filter((other) => other !== role)]
  const groups = order.map((each) => ({
    title: t(`role.${each}`),
    choices: people.filter((person) => roleOf(person) === each).map(toChoice),
  }))
  return <Picker label={t(`picker.${role}`)} value={value} groups={groups} onPick={onPick} />
}

export function toChoice(person: PersonView) {
  const note = person.username ? `@${person.username}` : undefined
  return { value: person.id, name: fullName(person), note }
}
