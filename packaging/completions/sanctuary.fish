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
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor help" -f -a "serve" -d 'Serve; what `sanctuary` by itself does, too'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor help" -f -a "check" -d 'Say what is wrong with the configuration, and whether the daemon can start with it'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor help" -f -a "doctor" -d 'Say where to open the page, and what on this machine stands in the way'
complete -c sanctuary -n "__fish_sanctuary_using_subcommand help; and not __fish_seen_subcommand_from serve check doctor help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
