/** Spanish, of what people say of a report: its words, the answer to it, comments. */
import type { enTalk } from './enTalk.ts'

export const esTalk: Readonly<Record<keyof typeof enTalk, string>> = {
  answer: 'Respuesta: {answer}',
  comments: 'Comentarios',
  failed: 'No se pudieron leer los comentarios en este momento.',
  kept: 'Su comentario quedó guardado; todos pueden leerlo.',
  none: 'Nadie ha dicho nada todavía.',
  notKept: 'Todavía no quedó guardado: {why} Sus palabras siguen aquí.',
  own: 'Su comentario',
  send: 'Decirlo',
  told: 'En palabras de quien lo informó',
  who: 'Los comentarios no llevan nombre y todos pueden leerlos.',
}
