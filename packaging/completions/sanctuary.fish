# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_sanctuary_global_optspecs
    string join \n c/config= l/listen= u/user= h/help V/version
end

function __fish_sanctuary_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_sanctuary_global_optspecs) -- $cmd 2>/dev/null
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_sanctuary_using_subcommand
    set -l cmd (__fish_sanctuary_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c sanctuary -n "__fish_sanctuary_needs_command" -s c -l config -d 'Read the settings from FILE' -r -F
complete -c sanctuary -n "__fish_sanctuary_needs_command" -s l -l listen -d 'Listen on ADDR instead of the configured addresses' -r -f
complete -c sanctuary -n "__fish_sanctuary_needs_command" -s u -l user -d 'Become USER when started as root, instead of the configured user' -r -f -a "(__fish_complete_users)"
complete -c sanctuary -n "__fish_sanctuary_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sanctuary -n "__fish_sanctuary_needs_command" -s V -l version -d 'Print version'
complete -c sanctuary -n "__fish_sanctuary_needs_command" -f -a "serve" -d 'Serve; what `sanctuary` by itself does, too'
complete -c sanctuary -n "__fish_sanctuary_needs_command" -f -a "check" -d 'Say what is wrong with the configuration, and whether the daemon can start with it'
complete -c sanctuary -n "__fish_sanctuary_needs_command" -f -a "doctor" -d 'Say where to open the page, and what on this machine stands in the way'
complete -c sanctuary -n "__fish_sanctuary_needs_command" -f -a "join" -d 'Be in a room from this terminal: sanctuary-join(1), a package of its own'
complete -c sanctuary -n "__fish_sanctuary_needs_command" -f -a "open" -d 'Open a room from this terminal, by the same'
complete -c sanctuary -n "__fish_sanctuary_needs_command" -f -a "verify" -d 'Compare the page that a server hands out with what releases hold, by the same'
complete -c sanctuary -n "__fish_sanctuary_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand serve" -s c -l config -d 'Read the settings from FILE' -r -F
complete -c sanctuary -n "__fish_sanctuary_using_subcommand serve" -s l -l listen -d 'Listen on ADDR instead of the configured addresses' -r -f
complete -c sanctuary -n "__fish_sanctuary_using_subcommand serve" -s u -l user -d 'Become USER when started as root, instead of the configured user' -r -f -a "(__fish_complete_users)"
complete -c sanctuary -n "__fish_sanctuary_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand check" -s c -l config -d 'Read the settings from FILE' -r -F
complete -c sanctuary -n "__fish_sanctuary_using_subcommand check" -s l -l listen -d 'Listen on ADDR instead of the configured addresses' -r -f
complete -c sanctuary -n "__fish_sanctuary_using_subcommand check" -s u -l user -d 'Become USER when started as root, instead of the configured user' -r -f -a "(__fish_complete_users)"
complete -c sanctuary -n "__fish_sanctuary_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand doctor" -s c -l config -d 'Read the settings from FILE' -r -F
complete -c sanctuary -n "__fish_sanctuary_using_subcommand doctor" -s l -l listen -d 'Listen on ADDR instead of the configured addresses' -r -f
complete -c sanctuary -n "__fish_sanctuary_using_subcommand doctor" -s u -l user -d 'Become USER when started as root, instead of the configured user' -r -f -a "(__fish_complete_users)"
complete -c sanctuary -n "__fish_sanctuary_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand join" -l link-fd -d 'Read the link from this file descriptor' -r -f
complete -c sanctuary -n "__fish_sanctuary_using_subcommand join" -l alias -d 'The name that the others see' -r -f
complete -c sanctuary -n "__fish_sanctuary_using_subcommand join" -l bell -d 'When the terminal rings' -r -f -a "off\t'Never'
mentions\t'Where somebody names you, whispers to you or answers you'
all\t'For each message of others'"
complete -c sanctuary -n "__fish_sanctuary_using_subcommand join" -l ca -d 'Trust whoever the certificates of FILE (PEM) vouch for, and nobody else' -r -F
complete -c sanctuary -n "__fish_sanctuary_using_subcommand join" -l fingerprint -d 'Trust the certificate of this fingerprint alone, whoever vouches for it' -r -f
complete -c sanctuary -n "__fish_sanctuary_using_subcommand join" -l plain -d 'Lines in, lines out, for screen readers; in pipes it is so anyway'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand join" -l json -d 'The same, and what comes out is an object a line, for programs'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand join" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand open" -l rule -d 'Who may moderate the room' -r -f -a "keeper\t'The keeper alone'
everyone\t'Every member'"
complete -c sanctuary -n "__fish_sanctuary_using_subcommand open" -l alias -d 'The name that the others see' -r -f
complete -c sanctuary -n "__fish_sanctuary_using_subcommand open" -l bell -d 'When the terminal rings' -r -f -a "off\t'Never'
mentions\t'Where somebody names you, whispers to you or answers you'
all\t'For each message of others'"
complete -c sanctuary -n "__fish_sanctuary_using_subcommand open" -l ca -d 'Trust whoever the certificates of FILE (PEM) vouch for, and nobody else' -r -F
complete -c sanctuary -n "__fish_sanctuary_using_subcommand open" -l fingerprint -d 'Trust the certificate of this fingerprint alone, whoever vouches for it' -r -f
complete -c sanctuary -n "__fish_sanctuary_using_subcommand open" -l code -d 'Ask for the code that the host wants for opening rooms'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand open" -l plain -d 'Lines in, lines out, for screen readers; in pipes it is so anyway'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand open" -l json -d 'The same, and what comes out is an object a line, for programs'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand open" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand verify" -l digests -d 'Compare with the releases of this list alone' -r -F
complete -c sanctuary -n "__fish_sanctuary_using_subcommand verify" -l saved -d 'Compare what a browser has saved in FOLDER, file by file' -r -F
complete -c sanctuary -n "__fish_sanctuary_using_subcommand verify" -l ca -d 'Trust whoever the certificates of FILE (PEM) vouch for, and nobody else' -r -F
complete -c sanctuary -n "__fish_sanctuary_using_subcommand verify" -l fingerprint -d 'Trust the certificate of this fingerprint alone, whoever vouches for it' -r -f
complete -c sanctuary -n "__fish_sanctuary_using_subcommand verify" -l json -d 'Tell it as one object, for programs'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand verify" -s h -l help -d 'Print help'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor join open verify help" -f -a "serve" -d 'Serve; what `sanctuary` by itself does, too'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor join open verify help" -f -a "check" -d 'Say what is wrong with the configuration, and whether the daemon can start with it'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor join open verify help" -f -a "doctor" -d 'Say where to open the page, and what on this machine stands in the way'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor join open verify help" -f -a "join" -d 'Be in a room from this terminal: sanctuary-join(1), a package of its own'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor join open verify help" -f -a "open" -d 'Open a room from this terminal, by the same'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor join open verify help" -f -a "verify" -d 'Compare the page that a server hands out with what releases hold, by the same'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor join open verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
