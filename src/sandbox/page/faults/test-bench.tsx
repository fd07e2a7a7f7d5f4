import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './faults.css'

// Testers alone open it: everybody else is spared its weight.
const TestDrawer = lazy(() => import('./test-drawer.tsx'))

export function TestBench() {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <footer className="test-bench">
      <button type="button" aria-expanded={isOpen} onClick={() => setIsOpen(true)}>
        {t('faults.open')}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <TestDrawer onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </footer>
  )
}
