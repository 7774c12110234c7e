# Other machines, packages, and their tests. Included by the Makefile; packaging/README.md explains.

# Where `make install` puts what. A packager overrides what differs on his system.
BINARY ?= $(if $(TARGET),$(shell packaging/build/target.sh $(TARGET) binary),$(RELEASE))
JOIN ?= $(if $(TARGET),$(shell packaging/build/target.sh $(TARGET) join),$(RELEASE_JOIN))
BINDIR ?= $(PREFIX)/bin
SYSCONFDIR ?= /etc
APPARMORDIR ?= $(SYSCONFDIR)/apparmor.d
UNITDIR ?= $(PREFIX)/lib/systemd/system
SYSUSERSDIR ?= $(PREFIX)/lib/sysusers.d
MANDIR ?= $(PREFIX)/share/man
BASHCOMPDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHCOMPDIR ?= $(PREFIX)/share/zsh/site-functions
FISHCOMPDIR ?= $(PREFIX)/share/fish/vendor_completions.d
DOCDIR ?= $(PREFIX)/share/doc/sanctuary
JOINDOCDIR ?= $(PREFIX)/share/doc/sanctuary-join
DATADIR ?= $(PREFIX)/share/sanctuary
# Where the settings are stands in the binary, for whoever types `sanctuary check`; and in the units, for a binary that
# was built for another place.
ifneq ($(SYSCONFDIR),/etc)
export SANCTUARY_CONFIG := $(SYSCONFDIR)/sanctuary.toml
name_config = s!/usr/bin/sanctuary (serve|check|doctor)!& --config /etc/sanctuary.toml!g;
endif
# $(call put,MODE,FILE,PLACE) installs a file that names others where these are. It pipes, for what a shell redirects
# gets its mode from the umask.
put = [ -s $(2) ] && sed -E '$(name_config) s|/usr/bin/sanctuary|$(BINDIR)/sanctuary|g; s|/etc/sanctuary|$(SYSCONFDIR)/sanctuary|g; \
	s|/usr/share/sanctuary|$(DATADIR)|g' $(2) | install -Dm$(1) /dev/stdin "$(DESTDIR)$(3)"

.PHONY: toolchain install-files install-daemon install-join dist packages sources release
.PHONY: packed test-packages test-boot test-machines test-arm test-reproducible test-sources

toolchain: ## Prepare to build for TARGET (default: all) without a container engine; kept in target/platforms
	packaging/build/toolchain.sh $(TARGET)

install-files: install-join install-daemon ## Install what `make build` built, and all that goes with it, below DESTDIR (PREFIX=/usr)

# Each program's files are a package of their own.
install-join:
	@[ -x "$(JOIN)" ] || { echo "$(JOIN) is not there: make build first, as the user who builds" >&2; exit 1; }
	install -Dm755 "$(JOIN)" "$(DESTDIR)$(BINDIR)/sanctuary-join"
	install -Dm644 -t "$(DESTDIR)$(MANDIR)/man1" packaging/man/sanctuary-join.1
	install -Dm644 packaging/completions/sanctuary-join.bash "$(DESTDIR)$(BASHCOMPDIR)/sanctuary-join"
	install -Dm644 packaging/completions/_sanctuary-join "$(DESTDIR)$(ZSHCOMPDIR)/_sanctuary-join"
	install -Dm644 packaging/completions/sanctuary-join.fish "$(DESTDIR)$(FISHCOMPDIR)/sanctuary-join.fish"
	install -Dm644 -t "$(DESTDIR)$(JOINDOCDIR)" docs/plain.md CHANGELOG.md

# Settings that are there already stay as they are, for this may come again.
install-daemon:
	@[ -x "$(BINARY)" ] || { echo "$(BINARY) is not there: make build first, as the user who builds" >&2; exit 1; }
	install -Dm755 "$(BINARY)" "$(DESTDIR)$(BINDIR)/sanctuary"
	[ -e "$(DESTDIR)$(SYSCONFDIR)/sanctuary.toml" ] || { \
		$(call put,644,packaging/sanctuary.toml,$(SYSCONFDIR)/sanctuary.toml); }
	$(call put,644,systemd/sanctuary.service,$(UNITDIR)/sanctuary.service)
	$(call put,644,systemd/sanctuary.socket,$(UNITDIR)/sanctuary.socket)
	$(call put,644,systemd/behind-socket.conf,$(DATADIR)/behind-socket.conf)
	$(call put,644,packaging/apparmor/sanctuary,$(APPARMORDIR)/sanctuary)
	$(call put,644,packaging/sysusers.conf,$(SYSUSERSDIR)/sanctuary.conf)
	$(call put,755,packaging/where-to-browse,$(DATADIR)/where-to-browse)
	$(call put,755,packaging/restart-after-upgrade,$(DATADIR)/restart-after-upgrade)
	$(call put,644,packaging/man/sanctuary.1,$(MANDIR)/man1/sanctuary.1)
	$(call put,644,packaging/man/sanctuary.toml.5,$(MANDIR)/man5/sanctuary.toml.5)
	install -Dm644 packaging/completions/sanctuary.bash "$(DESTDIR)$(BASHCOMPDIR)/sanctuary"
	install -Dm644 packaging/completions/_sanctuary "$(DESTDIR)$(ZSHCOMPDIR)/_sanctuary"
	install -Dm644 packaging/completions/sanctuary.fish "$(DESTDIR)$(FISHCOMPDIR)/sanctuary.fish"
	install -Dm644 -t "$(DESTDIR)$(DOCDIR)" README.md CHANGELOG.md SECURITY.md ARCHITECTURE.md CONTRIBUTING.md
	install -Dm644 -t "$(DESTDIR)$(DOCDIR)/docs" docs/protocol.md docs/analysis.md docs/performance.md docs/plain.md docs/verify.md
	install -Dm644 -t "$(DESTDIR)$(DOCDIR)/docs/models" docs/models/*
	install -Dm644 -t "$(DESTDIR)$(DOCDIR)/docs/pictures" docs/pictures/desktop-light.webp docs/pictures/phone-dark.webp \
		docs/pictures/terminal-dark.webp
	install -Dm644 -t "$(DESTDIR)$(DOCDIR)/examples" $(filter-out packaging/examples/fleet,$(wildcard packaging/examples/*))
	install -Dm644 -t "$(DESTDIR)$(DOCDIR)/examples/fleet" packaging/examples/fleet/*
	@[ -n "$(DESTDIR)" ] || printf '%s\n' 'Installed. Then, as root:' '' \
		'    systemd-sysusers            # makes the user sanctuary' \
		'    systemctl daemon-reload     # systemd learns of the service' \
		'    $(DATADIR)/where-to-browse  # says how to start it, and where it will be'

packages: ## Make .deb, Arch and .rpm packages of built binaries, for TARGET (default: all), in dist/
	packaging/build/packages.sh $(TARGET)

sources: ## Make the source archives and source packages, with all that a build fetches, in dist/
	packaging/build/sources.sh

dist: $(PAGE) ## Make a release of all of it in dist/, with BUILDINFO and SHA256SUMS; SIGN=KEY signs these by gpg
	SIGN="$(SIGN)" packaging/build/dist.sh

release: $(PAGE) ## Set VERSION everywhere it stands: make release VERSION=1.2.3
	packaging/build/release.sh "$(VERSION)"

packed: $(PAGE) ## Build and pack for every target, for all tests of packages
	packaging/tests/run.sh packed

test-packages: $(PAGE) ## Lint the packages; install, upgrade, remove and purge them; run the ARM binaries
	packaging/tests/run.sh packages

test-boot: $(PAGE) ## Boot containers with systemd, install each family's package, use it, and break it on purpose
	packaging/tests/run.sh boot

test-machines: $(PAGE) ## The same in an emulated computer with a kernel of its own, and start on a Pi Zero
	packaging/tests/run.sh machines

test-arm: $(PAGE) ## The same on an emulated arm64 machine, which takes too long for `make test`
	packaging/tests/run.sh arm

test-reproducible: $(PAGE) ## Build once more, in another folder, and compare to the byte
	packaging/tests/run.sh reproducible

test-sources: $(PAGE) ## Build each family's source package as others would: from a clean copy, without a network
	packaging/tests/run.sh sources
