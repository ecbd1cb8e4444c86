/** The file of a city behind a source. */
import type { CityInfo } from '../city.ts'
import type { SourceId } from '../kernel/provenance.ts'

/** Undefined where the source is no dataset, or the city has none of it. */
export function fileOf(
  { files }: Pick<CityInfo, 'files'>,
  source: SourceId,
): CityInfo['files'][number] | undefined {
  return files.find(({ file }) => file.split('.')[0] === source)
}
