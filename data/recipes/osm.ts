/** OpenStreetMap as the recipes see it, whatever the file was: tagged nodes, ways with their course, areas with holes. No users, no edits. */
import type { LngLat } from '../../twin/geo/projection.ts'

export type Tags = Readonly<Record<string, string>>

/** A node that carries tags; bare vertices are only in the ways. */
export interface OsmNode {
  readonly id: number
  readonly at: LngLat
  readonly tags: Tags
}

/** Positions are rounded to 1e-7°, so that two ways meet exactly where they share a position. */
export interface OsmWay {
  readonly id: number
  readonly tags: Tags
  readonly course: readonly LngLat[]
}

/** A multipolygon relation, where the source has relations. */
export interface OsmArea {
  readonly id: number
  readonly tags: Tags
  readonly outer: readonly (readonly LngLat[])[]
  readonly inner: readonly (readonly LngLat[])[]
}

export interface OsmExtract {
  readonly nodes: readonly OsmNode[]
  readonly ways: readonly OsmWay[]
  readonly areas: readonly OsmArea[]
  readonly bounds: readonly [west: number, south: number, east: number, north: number]
  /** Newest edit, as an ISO date; the snapshot's own date where it says one; empty when neither is told. */
  readonly date: string
}

/** Called with a sentence and a share of the whole, 0 to 1. */
export type Progress = (doing: string, share: number) => void

/** The ISO date of Unix seconds; empty when they make no sense. */
export function isoDate(atS: number): string {
  return atS > 0 && atS < 4e9 ? new Date(atS * 1000).toISOString().slice(0, 10) : ''
}
