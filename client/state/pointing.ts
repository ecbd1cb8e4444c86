/**
 * What is pointed at, by hand or key, in a chart or on the map: every picture of it lights up, and it is gone when the hand is.
 * One thing is selected and stays; what is pointed at is never in the URL.
 */
import { useSyncExternalStore } from 'react'
import type { LngLat } from '../../twin/geo/projection.ts'
import type { Store } from './store.ts'
import type { Selected } from './view.ts'

export interface Pointed {
  /** The table's name, as in a selection. */
  readonly table: string
  readonly rows: readonly number[]
  /** Where that is now. */
  shape(): PointedShape
}

export interface PointedShape {
  readonly points: readonly LngLat[]
  readonly paths: readonly (readonly LngLat[])[]
}

/** What of a chart's things lies nearest to a place, within a radius in metres. */
export type Finder = (at: LngLat, radiusM: number) => Pointed | undefined

export class Pointing {
  private readonly store: Store
  private pointed: Pointed | undefined
  private readonly finders = new Set<Finder>()
  private readonly listeners = new Set<() => void>()

  constructor(store: Store) {
    this.store = store
  }

  readonly get = (): Pointed | undefined => this.pointed

  point(pointed: Pointed | undefined): void {
    if (isSame(this.pointed, pointed)) return
    this.pointed = pointed
    for (const listener of this.listeners) listener()
  }

  select(selection: Selected): void {
    this.store.setView({ selection })
  }

  /** A chart offers to say which of its things lies under a hand on the map; gives back what ends that. */
  offer(finder: Finder): () => void {
    this.finders.add(finder)
    return () => {
      this.finders.delete(finder)
      if (this.finders.size === 0) this.point(undefined)
    }
  }

  /** Whether any chart is there to light up. */
  get isAsked(): boolean {
    return this.finders.size > 0
  }

  find(at: LngLat, radiusM: number): Pointed | undefined {
    for (const finder of this.finders) {
      const found = finder(at, radiusM)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Calls `listener` after each change; gives back what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

/** What is pointed at; the component renders again when that changes. */
export function usePointed({ subscribe, get }: Pointing): Pointed | undefined {
  return useSyncExternalStore(subscribe, get)
}

function isSame(a: Pointed | undefined, b: Pointed | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.table === b.table && a.rows.length === b.rows.length && a.rows.every((row, i) => row === b.rows[i])
}
