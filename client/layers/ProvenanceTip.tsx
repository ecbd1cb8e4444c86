/** The whole of a provenance, beside its word and above everything else on the page. */
import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { Origin } from './origin.ts'
import { provenanceWords, staticWords } from './provenanceWords.ts'

const GAP_PX = 4

export interface ProvenanceTipProps {
  readonly of: Origin
  readonly id: string
  readonly beside: RefObject<HTMLElement | null>
}

export function ProvenanceTip({ of, id, beside }: ProvenanceTipProps) {
  const tip = useRef<HTMLSpanElement>(null)
  const words = 'how' in of ? staticWords(of) : provenanceWords(of)
  const text = words.join(' · ')
  // a popover is cut by no panel, and stands in the window, so it must be told where
  useLayoutEffect(() => {
    const own = tip.current
    if (own === null || beside.current === null) return
    own.showPopover?.()
    const word = beside.current.getBoundingClientRect()
    const { width, height } = own.getBoundingClientRect()
    const isAbove = word.bottom + GAP_PX + height > innerHeight
    own.style.top = `${isAbove ? word.top - GAP_PX - height : word.bottom + GAP_PX}px`
    own.style.left = `${Math.max(GAP_PX, Math.min(word.right - width, innerWidth - width - GAP_PX))}px`
  }, [beside, text])
  return (
    <span ref={tip} id={id} className="provenance-tip" role="tooltip" popover="manual">
      {text.charAt(0).toLocaleUpperCase() + text.slice(1)}
    </span>
  )
}
