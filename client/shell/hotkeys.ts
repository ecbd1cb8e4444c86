/** Single keys that act from anywhere on a page; whoever speaks to his machine, or types by accident, turns them off (WCAG 2.1.4). */
import { useEffect } from 'react'
import { deviceKeep } from './outbox.ts'
import { useLatest } from './useLatest.ts'

const KEPT = 'citytwin.keys'
// Asks for nothing that would be lost, and says how to turn the others on again.
const ALWAYS = '?'

/** Whether single keys act on this machine. */
export function doKeysAct(): boolean {
  return deviceKeep()?.getItem(KEPT) !== 'off'
}

export function letKeysAct(isOn: boolean): void {
  const keep = deviceKeep()
  if (isOn) keep?.removeItem(KEPT)
  else keep?.setItem(KEPT, 'off')
}

/** Calls `action` on a bare key, unless the reader is writing or has turned such keys off. */
export function useHotkey(key: string | undefined, action: () => void): void {
  const latest = useLatest(action)
  useEffect(() => {
    if (key === undefined) return
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target))
        return
      if (key !== ALWAYS && !doKeysAct()) return
      event.preventDefault()
      latest.current()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [key, latest])
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
