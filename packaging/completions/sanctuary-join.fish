# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_sanctuary_join_global_optspecs
    string join \n link-fd= alias= plain json bell= ca= fingerprint= h/help V/version
end

function __fish_sanctuary_join_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_sanctuary_join_global_optspecs) -- $cmd 2>/dev/null
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_sanctuary_join_using_subcommand
    set -l cmd (__fish_sanctuary_join_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -l link-fd -d 'Read the link from this file descriptor' -r -f
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -l alias -d 'The name that the others see' -r -f
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -l bell -d 'When the terminal rings' -r -f -a "off\t'Never'
mentions\t'Where somebody names you, whispers to you or answers you'
all\t'For each message of others'"
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -l ca -d 'Trust whoever the certificates of FILE (PEM) vouch for, and nobody else' -r -F
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -l fingerprint -d 'Trust the certificate of this fingerprint alone, whoever vouches for it' -r -f
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -l plain -d 'Lines in, lines out, for screen readers; in pipes it is so anyway'
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -l json -d 'The same, and what comes out is an object a line, for programs'
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -s V -l version -d 'Print version'
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -a "open" -d 'Open a room, and print the invitation to it'
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -a "verify" -d 'Compare the page, and all its files, with what releases hold'
complete -c sanctuary-join -n "__fish_sanctuary_join_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand open" -l rule -d 'Who may moderate the room' -r -f -a "keeper\t'The keeper alone'
everyone\t'Every member'"
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand open" -l alias -d 'The name that the others see' -r -f
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand open" -l bell -d 'When the terminal rings' -r -f -a "off\t'Never'
mentions\t'Where somebody names you, whispers to you or answers you'
all\t'For each message of others'"
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand open" -l ca -d 'Trust whoever the certificates of FILE (PEM) vouch for, and nobody else' -r -F
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand open" -l fingerprint -d 'Trust the certificate of this fingerprint alone, whoever vouches for it' -r -f
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand open" -l code -d 'Ask for the code that the host wants for opening rooms'
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand open" -l plain -d 'Lines in, lines out, for screen readers; in pipes it is so anyway'
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand open" -l json -d 'The same, and what comes out is an object a line, for programs'
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand open" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand verify" -l digests -d 'Compare with the releases of this list alone' -r -F
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand verify" -l saved -d 'Compare what a browser has saved in FOLDER, file by file' -r -F
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand verify" -l ca -d 'Trust whoever the certificates of FILE (PEM) vouch for, and nobody else' -r -F
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand verify" -l fingerprint -d 'Trust the certificate of this fingerprint alone, whoever vouches for it' -r -f
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand verify" -l json -d 'Tell it as one object, for programs'
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand verify" -s h -l help -d 'Print help'
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand help; and not __fish_seen_subcommand_from open verify help" -f -a "open" -d 'Open a room, and print the invitation to it'
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand help; and not __fish_seen_subcommand_from open verify help" -f -a "verify" -d 'Compare the page, and all its files, with what releases hold'
complete -c sanctuary-join -n "__fish_sanctuary_join_using_subcommand help; and not __fish_seen_subcommand_from open verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
