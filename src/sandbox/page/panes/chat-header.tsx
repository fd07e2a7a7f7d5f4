import type { ReactNode } from 'react'
import { Avatar } from '../people/avatar.tsx'

interface Props {
  title: string
  note: string
  seed: number
  menu: ReactNode
}

export function ChatHeader({ title, note, seed, menu }: Props) {
  return (
    <div className="chat-header">
      <Avatar name={title} seed={seed} />
      <div className="chat-title">
        <h3 title={title}>{title}</h3>
        <p aria-live="off">{note}</p>
      </div>
      {menu}
    </div>
  )
}
