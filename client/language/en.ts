/** English, of the faces and the shell. */
export const en = { 'app.name': 'Citytwin' } as const
