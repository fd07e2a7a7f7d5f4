import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import './people.css'

export interface Choice<V = number> {
  value: V
  name: string
  /** Stands in the list only. */
  note?: string
  /** Stays visible when the list is closed. */
  mark?: string
  hasNews?: boolean
}

interface Props<V> {
  label: string
  value: V | undefined
  groups: { title: string; choices: Choice<V>[] }[]
  onPick: (value: V) => void
}

/** One searchable list, in which name, note and mark are found by what is typed. */
export function Picker<V extends number | string>({ label, value, groups, onPick }: Props<V>) {
  const { t } = useTranslation()
  const chosen = groups.flatMap(({ choices }) => choices).find((choice) => choice.value === value)
  return (
    <Select<V>
      className="picker"
      aria-label={label}
      value={value}
      onChange={onPick}
      showSearch={{ filterOption: (typed, option) => matches(String(option?.title ?? ''), typed) }}
      options={groups.filter(({ choices }) => choices.length > 0).map(toOptions)}
      labelRender={() => (chosen?.mark ? `${chosen.name} · ${chosen.mark}` : chosen?.name)}
      placeholder={t('picker.placeholder')}
      notFoundContent={t('picker.nothing')}
      popupMatchSelectWidth={340}
      size="large"
    />
  )
}

function toOptions<V>({ title, choices }: { title: string; choices: Choice<V>[] }) {
  return { label: title, title, options: choices.map(toOption) }
}

function toOption<V>({ value, name, note, mark, hasNews }: Choice<V>) {
  const small = mark ?? note
  return {
    value,
    title: [name, note, mark].filter(Boolean).join(' '),
    label: (
      <span className="choice">
        <span className="choice-name">{name}</span>
        {small && <span className="choice-note">{small}</span>}
        {hasNews && <span className="choice-news" />}
      </span>
    ),
  }
}

function matches(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed.trim().toLowerCase())
}
