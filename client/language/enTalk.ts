/** English, of what people say of a report: its words, the answer to it, comments. */
export const enTalk = {
  answer: 'Answer: {answer}',
  comments: 'Comments',
  failed: 'The comments could not be read just now.',
  kept: 'Your comment is kept; everybody can read it.',
  none: 'Nobody has said anything yet.',
  notKept: 'It is not kept yet: {why} Your words are still here.',
  own: 'Your comment',
  send: 'Say it',
  told: 'In the words of who reported it',
  who: 'Comments have no names, and everybody can read them.',
} as const
