/** What is said on walls and of them, in the reader's language or, before a wall, in a visitor's. Comes with the faces that need it. */
import { enWalls } from './enWalls.ts'
import { esWalls } from './esWalls.ts'
import { currentLanguage, fill, type Language } from './language.ts'

export type WallKey = keyof typeof enWalls

/** The message with each {name} replaced by the value of that name. */
export function sayWall(
  key: WallKey,
  values: Readonly<Record<string, string | number>> = {},
  language: Language = currentLanguage(),
): string {
  return fill((language === 'es' ? esWalls : enWalls)[key], values)
}
