import type { LogEntry } from '../../control/schemas.ts'

export function CallDetails({ entry }: { entry: LogEntry }) {
  const { params, result, description } = entry
  return (
    <pre className="call-details">{JSON.stringify({ params, result, description }, null, 2)}</pre>
  )
}
