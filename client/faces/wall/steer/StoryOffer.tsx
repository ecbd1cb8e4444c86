/** Who touches a wall, or a key of it, is offered the story in their language; without a word it goes away again. */
import { useEffect, useRef, useState } from 'react'
import type { WallProgramme } from '../../../../twin/protocol/wallMessages.ts'
import { languages, type Language } from '../../../language/language.ts'
import { sayWall } from '../../../language/wallWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStory } from './useStory.ts'

/** Milliseconds. */
const STAYS_MS = 20_000
/** A hand says once that it is there. */
const SAID_MS = 2000

export function StoryOffer({ name, programme }: { name: string; programme: WallProgramme | undefined }) {
  const { live } = useShell()
  const [isOpen, setOpen] = useState(false)
  const [error, setError] = useState<string>()
  const first = useRef<HTMLButtonElement>(null)
  const tell = useStory(name, live.source.walls?.touch)
  const hand = useHand(() => {
    setOpen(true)
    setError(undefined)
    void live.source.walls?.touch({ name, act: 'hold' })
  })
  useEffect(() => {
    if (!isOpen) return
    first.current?.focus()
    const timer = setTimeout(() => setOpen(false), STAYS_MS)
    return () => clearTimeout(timer)
  }, [isOpen, hand])
  if (!isOpen) return null
  const isTold = programme?.kind === 'story'
  const begin = (language: Language) =>
    void tell(language).then((reply) => {
      if (reply.ok) setOpen(false)
      else setError(reply.error)
    })
  const end = () => {
    setOpen(false)
    void live.source.walls?.touch({ name, act: 'stop' })
  }
  return (
    <section className="wall-offer" aria-label={sayWall('offer.title')}>
      {isTold ? (
        <button ref={first} type="button" lang={programme.language} onClick={end}>
          {sayWall('offer.end', {}, programme.language)}
        </button>
      ) : (
        languages.map((language, i) => (
          <button
            key={language}
            ref={i === 0 ? first : undefined}
            type="button"
            lang={language}
            onClick={() => begin(language)}
          >
            <b>{sayWall('offer.language', {}, language)}</b>
            <span>{sayWall('offer', {}, language)}</span>
          </button>
        ))
      )}
      <button type="button" onClick={() => setOpen(false)}>
        {sayWall('offer.leave')}
      </button>
      {error !== undefined && <p role="alert">{sayWall('offer.refused', { why: error })}</p>}
    </section>
  )
}

/** Calls `touched` when a hand is on the screen or on a key; gives how often it was. */
function useHand(touched: () => void): number {
  const latest = useRef(touched)
  useEffect(() => {
    latest.current = touched
  })
  const [count, setCount] = useState(0)
  useEffect(() => {
    let saidMs = -Infinity
    const notice = (event: Event) => {
      // what is pressed in the offer itself has its own meaning
      if (event.target instanceof Element && event.target.closest('.wall-offer')) return
      if (performance.now() - saidMs < SAID_MS) return
      saidMs = performance.now()
      setCount((before) => before + 1)
      latest.current()
    }
    addEventListener('pointerdown', notice)
    addEventListener('keydown', notice)
    return () => {
      removeEventListener('pointerdown', notice)
      removeEventListener('keydown', notice)
    }
  }, [])
  return count
}
