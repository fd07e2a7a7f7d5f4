import { type ReactNode, useCallback, useRef, useState } from 'react'
import { AlertDialog } from './alert-dialog.tsx'
import { type Notice, NoticesContext, type Tell } from './notices.ts'
import './notices.css'

const SHOWN_MS = 6_000

/** Shows what is told inside, above its own children: an answer appears on the phone that pressed. */
export function NoticeBoard({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<Notice[]>([])
  const nextId = useRef(1)

  const drop = useCallback((id: number) => {
    setNotices((before) => before.filter((notice) => notice.id !== id))
  }, [])

  const tell = useCallback<Tell>(
    (notice) => {
      const id = nextId.current++
      setNotices((before) => [...before.slice(-2), { ...notice, id }])
      if (notice.kind === 'toast') setTimeout(() => drop(id), SHOWN_MS)
    },
    [drop],
  )

  const alert = notices.find(({ kind }) => kind === 'alert')
  return (
    <NoticesContext value={tell}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {notices
          .filter(({ kind }) => kind === 'toast')
          .map((notice) => (
            <p key={notice.id} className={`toast toast-${notice.tone}`}>
              {notice.text}
            </p>
          ))}
      </div>
      {alert && <AlertDialog text={alert.text} onClose={() => drop(alert.id)} />}
    </NoticesContext>
  )
}
