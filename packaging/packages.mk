# Building for other machines, packages, and their tests. Included by the Makefile; packaging/README.md explains.

PLATFORM_NAMES := $(shell awk '!/^\#/ && NF {print $$1}' packaging/targets)

.PHONY: toolchain build-target install-files dist release test-packages test-boot

toolchain: ## prepare to build for TARGET (default: all): compiler, linker, standard library; cached in target/platforms
	packaging/build/toolchain.sh $(TARGET)

build-target: web ## build the static release binary for TARGET (x86_64, aarch64, armv7, armv6)
	packaging/build/binary.sh $(TARGET)
