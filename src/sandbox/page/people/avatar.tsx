import './people.css'

const HUES = [158, 205, 28, 262, 340, 90, 185, 48]

interface Props {
  name: string
  seed: number
  isPerson?: boolean
}

/** A circle with one character: the last of a Chinese person's name, which tells people apart, else the first. */
export function Avatar({ name, seed, isPerson = false }: Props) {
  const hue = HUES[Math.abs(seed) % HUES.length]
  const letters = name.match(/[\p{L}\p{N}]/gu) ?? ['?']
  const isChinese = /\p{Script=Han}/u.test(name)
  return (
    <span className="avatar" aria-hidden="true" style={{ background: `hsl(${hue} 38% 38%)` }}>
      {letters.at(isPerson && isChinese ? -1 : 0)}
    </span>
  )
}
