/** Makes a town of files in a worker, tells how far it is, and goes to it when it is done; to cancel it is to end the worker. */
import { useEffect, useRef, useState } from 'react'
import type { FromTownWorker, ToTownWorker } from '../../../source/town/town.worker.ts'
import type { TownStep } from '../../../source/town/makeTown.ts'
import { factsOfFault, type TownFaultFacts } from '../../../source/town/townFault.ts'
import { sortTownFiles } from '../../../source/town/townFiles.ts'

export type Making =
  | { readonly state: 'idle' }
  | { readonly state: 'making'; readonly name: string; readonly step: TownStep; readonly share: number }
  | { readonly state: 'failed'; readonly fault: TownFaultFacts }

export interface TownMaker {
  readonly making: Making
  start(files: readonly File[]): void
  cancel(): void
}

/** `onMade` is told the town's id. */
export function useTownMaker(onMade: (id: string) => void): TownMaker {
  const [making, setMaking] = useState<Making>({ state: 'idle' })
  const worker = useRef<Worker>(undefined)
  const end = () => {
    worker.current?.terminate()
    worker.current = undefined
  }
  useEffect(() => end, [])

  const start = (files: readonly File[]) => {
    end()
    try {
      const { map, feed } = sortTownFiles(files)
      setMaking({ state: 'making', name: map.name, step: 'read', share: 0 })
      const made = new Worker(new URL('../../../source/town/town.worker.ts', import.meta.url), {
        type: 'module',
      })
      worker.current = made
      const fail = (fault: TownFaultFacts) => {
        end()
        setMaking({ state: 'failed', fault })
      }
      made.addEventListener('message', ({ data }: MessageEvent<FromTownWorker>) => {
        if (data.kind === 'progress')
          setMaking({ state: 'making', name: map.name, step: data.step, share: data.share })
        else if (data.kind === 'fault') fail(data.fault)
        else {
          end()
          onMade(data.town.id)
        }
      })
      made.addEventListener('error', ({ message }) => fail({ kind: 'failed', values: { why: message } }))
      made.postMessage({ map, feed } satisfies ToTownWorker)
    } catch (error) {
      setMaking({ state: 'failed', fault: factsOfFault(error) })
    }
  }
  const cancel = () => {
    end()
    setMaking({ state: 'idle' })
  }
  return { making, start, cancel }
}
