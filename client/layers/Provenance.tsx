/**
 * The word that says where a value comes from; pointing at it, coming to it by key, or pressing it tells the whole. Escape closes,
 * as does leaving, unless it was pressed. The quality of a value that is not good shows by a mark and a word.
 */
import { Suspense, useEffect, useId, useRef, useState } from 'react'
import { lazyPart } from '../state/lazyPart.ts'
import { say } from '../language/language.ts'
import type { Origin } from './origin.ts'
import './provenance.css'

const ProvenanceTip = lazyPart(() =>
  import('./ProvenanceTip.tsx').then(({ ProvenanceTip }) => ({ default: ProvenanceTip })),
)

/** `what` names the value for who does not see it stand beside. */
export function Provenance({ of, what }: { of: Origin; what: string }) {
  const [open, setOpen] = useState<'no' | 'peek' | 'pinned'>('no')
  const place = useRef<HTMLSpanElement>(null)
  const id = useId()
  const close = () => setOpen('no')
  useEffect(() => {
    if (open === 'no') return
    const elsewhere = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Node)) setOpen('no')
    }
    addEventListener('pointerdown', elsewhere)
    return () => removeEventListener('pointerdown', elsewhere)
  }, [open])
  const word = shortWord(of)
  return (
    <span
      ref={place}
      className="provenance"
      onPointerEnter={({ pointerType }) => pointerType === 'mouse' && open === 'no' && setOpen('peek')}
      onPointerLeave={() => open === 'peek' && close()}
    >
      <button
        type="button"
        aria-label={say('provenance.about', { kind: word, what })}
        aria-expanded={open !== 'no'}
        aria-describedby={open === 'no' ? undefined : id}
        onFocus={() => open === 'no' && setOpen('peek')}
        onBlur={close}
        onClick={() => setOpen(open === 'pinned' ? 'no' : 'pinned')}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || open === 'no') return
          // the first press closes this, the next what lies behind
          event.preventDefault()
          close()
        }}
      >
        {word}
      </button>
      {open !== 'no' && (
        <Suspense>
          <ProvenanceTip of={of} id={id} beside={place} />
        </Suspense>
      )}
    </span>
  )
}

function shortWord(origin: Origin): string {
  if ('how' in origin) return say(`origin.${origin.how}`)
  const { kind, quality } = origin.provenance
  const isReplayed = origin.showing.kind === 'replayed'
  const word = isReplayed
    ? say('provenance.replayed', { kind: say(`origin.${kind}`) })
    : say(`origin.${kind}`)
  if (quality === 'good') return word
  return `${word} · ${quality === 'bad' ? '✕' : '△'} ${say(`quality.${quality}`)}`
}
