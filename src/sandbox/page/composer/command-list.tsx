import { useTranslation } from 'react-i18next'
import type { CommandMenu } from '../../control/schemas.ts'

interface Props {
  commands: CommandMenu['commands']
  onChoose: (command: string) => void
  onClose: () => void
}

export function CommandList({ commands, onChoose, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <ul
      className="command-list"
      aria-label={t('composer.commands')}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      {commands.map(({ command, description }) => (
        <li key={command}>
          <button type="button" data-command={command} onClick={() => onChoose(command)}>
            <b>/{command}</b>
            <span>{description}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
