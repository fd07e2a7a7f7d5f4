import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { MessageView } from '../../control/schemas.ts'

const NEAR_PX = 80

/** Keeps a chat at its newest message, unless the reader has scrolled up; then counts what came. */
export function useStayAtNewest(messages: MessageView[]) {
  const box = useRef<HTMLDivElement>(null)
  const stays = useRef(true)
  const [isAway, setIsAway] = useState(false)
  const [leftAt, setLeftAt] = useState(0)
  const newest = messages.at(-1)
  const newestId = newest?.message_id ?? 0
  const newestSeen = useRef(0)

  const toNewest = useCallback(() => {
    stays.current = true
    setIsAway(false)
    box.current?.scrollTo({ top: box.current.scrollHeight })
  }, [])

  useLayoutEffect(() => {
    newestSeen.current = newestId
    if (newest?.outgoing) stays.current = true
    if (stays.current) toNewest()
  }, [newestId, newest?.outgoing, toNewest])

  useEffect(() => {
    const element = box.current
    if (!element) return
    let heights = ''
    function onScroll() {
      if (!element) return
      const before = heights
      heights = `${element.scrollHeight} ${element.clientHeight}`
      // The box or what is in it changed its size: that was not the reader.
      if (heights !== before && stays.current) return
      const away = element.scrollHeight - element.scrollTop - element.clientHeight > NEAR_PX
      if (away && stays.current) setLeftAt(newestSeen.current)
      stays.current = !away
      setIsAway(away)
    }
    // Pictures arrive later than their message, and the keyboard of the bot takes room: both move the end away.
    const resized = new ResizeObserver(() => {
      if (stays.current) element.scrollTo({ top: element.scrollHeight })
    })
    resized.observe(element)
    if (element.firstElementChild) resized.observe(element.firstElementChild)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [])

  const missed = isAway ? messages.filter(({ message_id }) => message_id > leftAt).length : 0
  return { box, isAway, missed, toNewest }
}
