/** Where a fact of an inspector comes from: a value of the twin, or something that does not change. */
import type { SourceId } from '../../twin/kernel/provenance.ts'
import type { ColumnSpecs, TableSpec } from '../../twin/kernel/table.ts'
import { provenanceAt } from '../../twin/provenance/lookup.ts'
import { showingOf } from '../state/showing.ts'
import type { LayerContext } from './layer.ts'
import type { Told } from './provenanceWords.ts'

/** 'map' is the map data, 'assumed' a documented default. */
export interface StaticOrigin {
  readonly how: 'map' | 'assumed' | 'synthesised'
  /** The file of the city that holds it. */
  readonly file: SourceId
  readonly info: Told['info']
}

export type Origin = StaticOrigin | Told

/** Of what a file of the city says. */
export function fileOrigin({ city }: LayerContext, file: SourceId, how: StaticOrigin['how']): StaticOrigin {
  return { how, file, info: city.info }
}

/** Of one value of a published table, in the picture that the context holds. */
export function originOf<S extends ColumnSpecs>(
  context: LayerContext,
  table: TableSpec<S>,
  column: keyof S & string,
  row: number,
): Told {
  const { mirror, stream, agoS, city } = context
  const provenance = provenanceAt((spec) => mirror.table(spec), table, column, row)
  return { provenance, tick: mirror.tick, showing: showingOf(stream, agoS), info: city.info }
}
