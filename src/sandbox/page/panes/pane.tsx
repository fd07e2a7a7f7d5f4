import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NoticeBoard } from '../notices/notice-board.tsx'
import type { PaneName } from './desk.ts'
import './panes.css'

interface Props {
  name: PaneName
  tools: ReactNode
  children: ReactNode
}

/** A role's place on the desk: who sits there, and below it their screen. */
export function Pane({ name, tools, children }: Props) {
  const { t } = useTranslation()
  return (
    <section className={`pane pane-${name}`} aria-label={t(`pane.${name}`)} data-pane={name}>
      <NoticeBoard>
        <header className="pane-bar">
          <h2>{t(`pane.${name}`)}</h2>
          {tools}
        </header>
        <div className="phone">{children}</div>
      </NoticeBoard>
    </section>
  )
}

export function EmptyPhone({ text }: { text: string }) {
  return (
    <div className="chat-empty">
      <p>{text}</p>
    </div>
  )
}
