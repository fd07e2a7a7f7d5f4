/** Leads eye and keyboard to the one control that comes next. */
const PULSE_MS = 2_600

export function showMe(target: Element | null | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false
  target.scrollIntoView({ block: 'center', inline: 'nearest' })
  target.focus({ preventScroll: true })
  target.classList.remove('is-shown')
  // Reading the layout starts the animation anew when the same control is shown twice.
  void target.offsetWidth
  target.classList.add('is-shown')
  setTimeout(() => target.classList.remove('is-shown'), PULSE_MS)
  return true
}

export function inPane(pane: string, selector: string): Element | null {
  return document.querySelector(`[data-pane="${pane}"] ${selector}`)
}

/** The first button under the newest message that has any. */
export function newestButton(pane: string): Element | null {
  const keyboards = document.querySelectorAll(`[data-pane="${pane}"] .inline-keyboard`)
  return keyboards[keyboards.length - 1]?.querySelector('button') ?? null
}
