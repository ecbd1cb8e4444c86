/** A sheet over the page that Escape and a click beside it close; the browser keeps focus inside. */
import { useEffect, useRef, type ReactNode } from 'react'
import { say } from '../language/language.ts'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close()
      }}
    >
      <div className="stack">
        <div className="row">
          <h2>{title}</h2>
          <button
            type="button"
            className="bare push"
            aria-label={say('dialog.close')}
            onClick={() => dialog.current?.close()}
          >
            ✕
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
