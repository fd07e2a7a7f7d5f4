/** Dark enough on white to be read in poor light, and from a copier that knows no colours. */
export const colours = {
  green: '#0a5c4a',
  pale: '#e8f3ee',
  ink: '#14201d',
  quiet: '#4d5a56',
  red: '#a3241c',
  white: '#ffffff',
} as const
