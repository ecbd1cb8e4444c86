/** Spanish, of the faces and the shell. */
import type { en } from './en.ts'

export const es: Record<keyof typeof en, string> = { 'app.name': 'Citytwin' }
