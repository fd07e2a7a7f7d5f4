import { useTranslation } from 'react-i18next'
import { CloseIcon } from '../chat/icons.tsx'
import { type Step, steps, useProgress } from './progress.ts'
import { useShowStep } from './use-show-step.ts'
import './tour.css'

export function FirstRun() {
  const { t } = useTranslation()
  const { done, isHidden, hide, show } = useProgress()
  const current = steps.find((step) => !done.has(step))

  if (isHidden) {
    return (
      <button type="button" className="tour-reopen" onClick={show}>
        {t('tour.reopen')}
      </button>
    )
  }
  return (
    <section className="tour" aria-label={t('tour.label')}>
      <p className="tour-lead">{t(current ? 'tour.lead' : 'tour.finished')}</p>
      <ol className="tour-steps">
        {steps.map((step, index) => (
          <StepLine
            key={step}
            step={step}
            number={index + 1}
            state={done.has(step) ? 'done' : step === current ? 'now' : 'later'}
          />
        ))}
      </ol>
      <button type="button" className="tour-close" aria-label={t('tour.hide')} onClick={hide}>
        <CloseIcon />
      </button>
    </section>
  )
}

interface StepLineProps {
  step: Step
  number: number
  state: 'done' | 'now' | 'later'
}

function StepLine({ step, number, state }: StepLineProps) {
  const { t } = useTranslation()
  const showStep = useShowStep()
  return (
    <li className={`tour-step is-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
      <span className="tour-number" aria-hidden="true">
        {state === 'done' ? '✓' : number}
      </span>
      <p>
        {state === 'done' && <span className="hidden-text">{t('tour.done')}</span>}
        {t(`tour.step.${step}`)}
      </p>
      {state === 'now' && (
        <button type="button" className="tour-show" onClick={() => showStep(step)}>
          {t('tour.showMe')}
        </button>
      )}
    </li>
  )
}
