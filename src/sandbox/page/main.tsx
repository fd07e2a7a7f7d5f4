import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { App } from './app.tsx'
import { createLanguage } from './language/language.ts'
import { CrashGuard } from './notices/crash-guard.tsx'
import { WorldProvider } from './people/world-provider.tsx'
import { theme } from './theme.ts'
import './page.css'

const root = document.getElementById('page')
if (!root) throw new Error('The page has no place to stand in')

// The change feed says when something is stale, so nothing is asked for on a guess.
const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: 1, refetchOnWindowFocus: false },
  },
})
const language = await createLanguage()

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <I18nextProvider i18n={language}>
        <ConfigProvider theme={theme} button={{ autoInsertSpace: false }}>
          <CrashGuard>
            <WorldProvider>
              <App />
            </WorldProvider>
          </CrashGuard>
        </ConfigProvider>
      </I18nextProvider>
    </QueryClientProvider>
  </StrictMode>,
)
