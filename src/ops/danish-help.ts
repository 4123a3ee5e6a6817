/** What commander says by itself, in Danish: the help's headings and defaults, and what is wrong with a command line. */
import { Command, type CommanderError, Help, type Option } from 'commander';

/** Commander's own headings, in Danish. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Brug:',
  'Arguments:': 'Argumenter:',
  'Options:': 'Valg:',
  'Commands:': 'Kommandoer:',
};

class DanishHelp extends Help {
  override styleTitle(title: string): string {
    return TITLES[title] ?? title;
  }

  override optionDescription(option: Option): string {
    const { description, defaultValue, argChoices } = option;
    const choices = argChoices === undefined ? '' : ` (en af: ${argChoices.join(', ')})`;
    return defaultValue === undefined
      ? `${description}${choices}`
      : `${description}${choices} (standard: ${String(defaultValue)})`;
  }
}

/** A command whose help, and whose subcommands' help, is Danish. */
export class DanishCommand extends Command {
  override createCommand(name?: string): Command {
    return new DanishCommand(name);
  }

  override createHelp(): Help {
    return new DanishHelp();
  }
}

/** What the library found wrong, in Danish; the part in quotation marks of its own words names what. */
const USAGE_PROBLEMS: Readonly<Record<string, string>> = {
  'commander.unknownOption': 'Ukendt valg',
  'commander.unknownCommand': 'Ukendt kommando',
  'commander.missingArgument': 'Der mangler et argument',
  'commander.missingMandatoryOptionValue': 'Der mangler et valg',
  'commander.optionMissingArgument': 'Valget mangler en værdi',
  'commander.excessArguments': 'Der er for mange argumenter',
  'commander.invalidArgument': 'Ugyldig værdi',
};

/** The error as a person is told it, with where to look. */
export function usageProblem({ code, message }: CommanderError): string {
  const named = /'([^']+)'/.exec(message)?.[1];
  const detail = code === 'commander.invalidArgument' ? ` ${message.split('. ').at(-1) ?? ''}` : '';
  const problem = USAGE_PROBLEMS[code] ?? 'Forkert brug';
  return `${problem}${named === undefined ? '' : `: ${named}`}.${detail}\nSe debitor-adapter --help.\n`;
}
