/** What is wrong with an interview file: where in the file, and a sentence that says what and what to do. */
export type InterviewProblem = { at: string; text: string }

export const atStep = ({ name }: { name: string }): string => `step “${name}”`
