import { useChangeFeed } from './control/feed.ts'
import { TestBench } from './faults/test-bench.tsx'
import { LinkNotice } from './notices/link-notice.tsx'
import { SandboxBanner } from './notices/sandbox-banner.tsx'
import { DeskContext } from './panes/desk.ts'
import { DeskLayout } from './panes/desk-layout.tsx'
import { NewsContext } from './panes/news.ts'
import { useDeskState } from './panes/use-desk-state.ts'
import { useNewsState } from './panes/use-news-state.ts'
import { FirstRun } from './tour/first-run.tsx'
import { ProgressContext } from './tour/progress.ts'
import { useProgressState } from './tour/use-progress-state.ts'

export function App() {
  const desk = useDeskState()
  const progress = useProgressState()
  const { news, onEvents } = useNewsState()
  const link = useChangeFeed(onEvents)
  return (
    <DeskContext value={desk}>
      <NewsContext value={news}>
        <ProgressContext value={progress}>
          <SandboxBanner />
          <LinkNotice link={link} />
          <FirstRun />
          <DeskLayout />
          <TestBench />
        </ProgressContext>
      </NewsContext>
    </DeskContext>
  )
}
