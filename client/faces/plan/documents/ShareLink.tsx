/** The address of the saved version at hand, with what the map shows: whoever may plan here opens the same picture. */
import { useEffect, useRef, useState } from 'react'
import { sayDocument } from '../../../language/documentWords.ts'
import { Dialog } from '../../../shell/Dialog.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { queryFromView } from '../../../state/view.ts'

export function ShareLink({ onClose }: { onClose: () => void }) {
  const { live } = useShell()
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  const link = location.origin + location.pathname + queryFromView(live.store.get().view)
  useEffect(() => field.current?.select(), [])
  return (
    <Dialog title={sayDocument('share')} onClose={onClose}>
      <label>
        {sayDocument('share.link')}
        <input ref={field} type="text" readOnly value={link} onFocus={({ target }) => target.select()} />
      </label>
      <div className="row">
        {/* a page that came over plain HTTP from elsewhere may not write there */}
        {isSecureContext && (
          <button
            type="button"
            onClick={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}
          >
            {sayDocument('share.copy')}
          </button>
        )}
        <small role="status">{isCopied && sayDocument('share.copied')}</small>
      </div>
    </Dialog>
  )
}
