/** Recordings as files: the last five minutes saved, a saved one opened by a button or by dropping it on the page. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { say } from '../../language/language.ts'
import { useStore } from '../../state/store.ts'
import { useShell } from '../shellContext.ts'
import type { Past } from './usePast.ts'

const FIVE_MINUTES_MS = 300_000

export function PastFiles({ past: { source, playback }, shownMs }: { past: Past; shownMs: number }) {
  const { live } = useShell()
  const cityId = useStore(live.store, ({ info }) => info?.id)
  const offsetS = useStore(live.store, ({ clock }) => clock?.utcOffsetS ?? 0)
  const [fault, setFault] = useState<string>()
  const input = useRef<HTMLInputElement>(null)

  const open = useCallback(
    (file: File) => {
      setFault(undefined)
      file
        .arrayBuffer()
        .then((buffer) => playback.open(file.name, new Uint8Array(buffer)))
        .catch((error: Error) => setFault(say('past.openFailed', { name: file.name, why: error.message })))
    },
    [playback],
  )
  const save = () => {
    setFault(undefined)
    source
      .save(shownMs - FIVE_MINUTES_MS, shownMs)
      .then((bytes) => download(bytes, fileName(cityId ?? 'city', shownMs + offsetS * 1000)))
      .catch((error: Error) => setFault(say('past.saveFailed', { why: error.message })))
  }
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      open(file)
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [open])
  return (
    <>
      <button type="button" onClick={save}>
        {say('past.save')}
      </button>
      <button type="button" onClick={() => input.current?.click()}>
        {say('past.open')}
      </button>
      <input
        ref={input}
        type="file"
        accept=".citytwin"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) open(file)
          event.target.value = ''
        }}
      />
      {fault !== undefined && (
        <p className="past-fault" role="alert">
          {fault}
        </p>
      )}
    </>
  )
}

/** By the city's own clock, as 'montevideo 2026-11-23 18.05.00.citytwin'. */
function fileName(cityId: string, localMs: number): string {
  return `${cityId} ${new Date(localMs).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')}.citytwin`
}

function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the browser reads it after this turn
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
