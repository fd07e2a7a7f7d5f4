/** Something to attach: a file, and what the receiver cannot read out of it. */
export interface Attachment {
  file: File
  width?: number
  height?: number
  duration?: number
  emoji?: string
}
