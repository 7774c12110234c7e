# Other machines, packages, and their tests. Included by the Makefile; packaging/README.md explains.

# What `make install` puts where. A packager overrides what differs on his system.
BINARY ?= $(if $(TARGET),$(shell packaging/build/target.sh $(TARGET) binary),target/release/sanctuary)
BINDIR ?= $(PREFIX)/bin
SYSCONFDIR ?= /etc
UNITDIR ?= $(PREFIX)/lib/systemd/system
SYSUSERSDIR ?= $(PREFIX)/lib/sysusers.d
MANDIR ?= $(PREFIX)/share/man
BASHCOMPDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHCOMPDIR ?= $(PREFIX)/share/zsh/site-functions
FISHCOMPDIR ?= $(PREFIX)/share/fish/vendor_completions.d
DOCDIR ?= $(PREFIX)/share/doc/sanctuary
DATADIR ?= $(PREFIX)/share/sanctuary
# Units and the AppArmor profile name the binary; elsewhere than in /usr/bin they are told where.
relocate = sed 's|/usr/bin/sanctuary|$(BINDIR)/sanctuary|g; s|/usr/share/sanctuary|$(DATADIR)|g'

.PHONY: toolchain install-files dist packages release test-packages test-boot test-arm test-reproducible

toolchain: ## Prepare to build for TARGET (default: all) without a container engine; kept in target/platforms
	packaging/build/toolchain.sh $(TARGET)

# Settings that are there already stay as they are, for `make install` may come again.
install-files: ## Install the built daemon and all that goes with it below DESTDIR (build first)
	install -Dm755 $(BINARY) $(DESTDIR)$(BINDIR)/sanctuary
	[ -e $(DESTDIR)$(SYSCONFDIR)/sanctuary.toml ] || \
		install -Dm644 packaging/sanctuary.toml $(DESTDIR)$(SYSCONFDIR)/sanctuary.toml
	install -d $(DESTDIR)$(UNITDIR) $(DESTDIR)$(SYSCONFDIR)/apparmor.d $(DESTDIR)$(DATADIR)
	$(relocate) systemd/sanctuary.service >$(DESTDIR)$(UNITDIR)/sanctuary.service
	$(relocate) systemd/sanctuary.socket >$(DESTDIR)$(UNITDIR)/sanctuary.socket
	$(relocate) packaging/apparmor/sanctuary >$(DESTDIR)$(SYSCONFDIR)/apparmor.d/sanctuary
	install -Dm644 packaging/sysusers.conf $(DESTDIR)$(SYSUSERSDIR)/sanctuary.conf
	install -Dm644 systemd/behind-socket.conf $(DESTDIR)$(DATADIR)/behind-socket.conf
	install -Dm755 packaging/where-to-browse $(DESTDIR)$(DATADIR)/where-to-browse
	install -Dm644 packaging/man/sanctuary.1 $(DESTDIR)$(MANDIR)/man1/sanctuary.1
	install -Dm644 packaging/man/sanctuary.toml.5 $(DESTDIR)$(MANDIR)/man5/sanctuary.toml.5
	install -Dm644 packaging/completions/sanctuary.bash $(DESTDIR)$(BASHCOMPDIR)/sanctuary
	install -Dm644 packaging/completions/_sanctuary $(DESTDIR)$(ZSHCOMPDIR)/_sanctuary
	install -Dm644 packaging/completions/sanctuary.fish $(DESTDIR)$(FISHCOMPDIR)/sanctuary.fish
	install -Dm644 -t $(DESTDIR)$(DOCDIR) README.md CHANGELOG.md $(wildcard SECURITY.md)
	$(if $(wildcard packaging/examples),install -Dm644 -t $(DESTDIR)$(DOCDIR)/examples packaging/examples/*)

packages: ## Make .deb, Arch and .rpm packages of built binaries, for TARGET (default: all), in dist/
	packaging/build/packages.sh $(TARGET)

dist: ## Make a release: binaries and packages for all targets, and their checksums, in dist/
	packaging/build/dist.sh

release: ## Set VERSION everywhere it stands: make release VERSION=1.2.3
	packaging/build/release.sh $(VERSION)

test-packages: $(PAGE) ## Lint the packages; install, upgrade, remove and purge them; run the ARM binaries
	packaging/tests/run.sh packages

test-boot: $(PAGE) ## Boot Debian with systemd, install each family's package, use it, and break it on purpose
	packaging/tests/run.sh boot

test-arm: $(PAGE) ## The same on an emulated arm64 machine, which takes too long for `make test`
	packaging/tests/run.sh arm

test-reproducible: $(PAGE) ## Build twice in two folders and compare to the byte
	packaging/tests/run.sh reproducible
