/** Asks of one measure why it came out as it did, and shows the chain of causes below it. */
import { useId, useRef, useState } from 'react'
import type { City } from '../../../../twin/city.ts'
import type { Causes } from '../../../../twin/scenario/causes/step.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { sayWhy } from '../../../language/whyWords.ts'
import { CauseChain } from './CauseChain.tsx'

interface WhyProps {
  /** Undefined until the first pair of runs was searched. */
  readonly causes: Causes | undefined
  readonly measure: { readonly id: string; readonly title: string; readonly change: string }
  readonly city: City | undefined
  readonly edits: readonly ScenarioEdit[]
}

export function Why({ causes, measure, city, edits }: WhyProps) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  // nothing led there: nothing to ask
  if (causes === undefined || city === undefined || causes.ends[measure.id] === undefined) return null
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="link why"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={sayWhy('why.askOf', { measure: measure.title })}
        onClick={() => setOpen(!isOpen)}
      >
        {sayWhy('why.ask')}
      </button>
      {isOpen && (
        <CauseChain id={id} causes={causes} measure={measure} city={city} edits={edits} onClose={close} />
      )}
    </>
  )
}
