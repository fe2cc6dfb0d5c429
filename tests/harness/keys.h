/* keys: public keys and what "ssh-keygen -l" of OpenSSH 9.2 tells of them, without comments. */
#ifndef HARNESS_KEYS_H
#define HARNESS_KEYS_H

#define KEY_ED25519 \
    "ssh-ed25519 " \
    "AAAAC3NzaC1lZDI1NTE5AAAAIAK+qtwSlnVSUTxEfmMd5U/CFwg6BVwoRSSWco98hqyh"
#define KEY_ED25519_PRINT "SHA256:KOyoBo5eV3kddh86VExrJLeSjH+HdVLHZAxLvv82ols"

#define KEY_ECDSA_256 \
    "ecdsa-sha2-nistp256 " \
    "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBJLAr47y9LSfZ9I8xuMjZRPK83RUpGvN0xuH" \
    "eA/mhHGlNzFUYwifOkoW05cDRaONeJxK/aRcCNPgbtoT5LJ8OrQ="
#define KEY_ECDSA_256_PRINT "SHA256:Pvgne8jK0jInVrttR+8vHfKajm1/WRG5Tw4BpdRQS6g"

#define KEY_ECDSA_384 \
    "ecdsa-sha2-nistp384 " \
    "AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBNs+TMItuC5vzh3T+Ch21ml7W/N+MiKitw0Y" \
    "2Itc1OYqq7xEpFluvwDnRIgFgcdcgoNqO985oPhlw4u7YLK+rYNXdq0qXhiFtLWi/YTxIUsR8yesJlfIvfrE20mF" \
    "l48TQg=="
#define KEY_ECDSA_384_PRINT "SHA256:HESkHRIlqhEKi5GEnhYjQJ5NuvmuZ76QXPSlqZsuK/Y"

#define KEY_ECDSA_521 \
    "ecdsa-sha2-nistp521 " \
    "AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAGde4b7XiKzT78o+8PCq0LowgtMYzKJBgUu" \
    "lWqUxy3tCZ2OJoYjtFnbbdmrJUWokFCvBW7xLD4amrp+hewInjSBIgBysJ5JWf2v8zImGIXnf0R7opEHsrs89lth" \
    "pG7apoYnvNPvFL6w+Zx93llx4DEs0qsM9A9pSNFrxbOzMMGRPPJp5Q=="
#define KEY_ECDSA_521_PRINT "SHA256:9mk4aESdbRhvcWAMOeyekKuTlbCD8q+SFJDKEvvFHDI"

#define KEY_RSA \
    "ssh-rsa " \
    "AAAAB3NzaC1yc2EAAAADAQABAAABAQCUWt0g0CXS3gnZx0mhEw2bHmxZ3Nt09laJ+i+uHHy5qvw8S7fmCW4v90o/" \
    "wVvjrtesFYMA9BaYJ0mHojc+dnuuaJZjlW1XLUsFXzErmnMIwspIUWyJCXw2JFupEQ/lzFNNv/Fb0U2d20xu2YUd" \
    "GUroqrnpK7xwmlJHRz8Cwqgsb+i/a5pgSxNdiMdbO1+C76WnWp6wBSTqG9cXnV2O0NN7H7BdYyvl902ROnv4K4Fz" \
    "pUe2YTcVqS8vB1/VJPoDoo9UjpPLPx5VUtn/xJqGsZ3Y0WgM5hNxihbkh0zovDiDCR/OhIc08CetN+Cy5ZT/UlOL" \
    "5kdoduJkMrXeZWEymPtv"
#define KEY_RSA_PRINT "SHA256:euEP88rKFqVWnHd6KzEc/GOa2GbDmly40wKClCXzNek"

#define KEY_RSA_WEAK \
    "ssh-rsa " \
    "AAAAB3NzaC1yc2EAAAADAQABAAAAgQDNC8rnjhCr4vo/CYSwbXRjcGoqgVgRGC6T00Dd0NDMs/wwWFH3pjKvDl8A" \
    "0vg8tXK7A8Ra2fR/7hKf2aodk+194bOvQ5EayFy+cb5wfosl/MbP7VELnelSEe07DcJIngiVeLh0IrXDOCnFP37K" \
    "MhgQIdcuE/xIhcPXAPMwffC3nQ=="
#define KEY_RSA_WEAK_PRINT "SHA256:/CFT+yWOnulcajX0KbRLA6hP151HrQ/pTGp2TpBiwqQ"

#define KEY_TOKEN_ED25519 \
    "sk-ssh-ed25519@openssh.com " \
    "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAK+qtwSlnVSUTxEfmMd5U/CFwg6BVwoRSSWco98hqyh" \
    "AAAABHNzaDo="
#define KEY_TOKEN_ED25519_PRINT "SHA256:Kh3zC8OXqXMK7Sjj3+3aKupCYmtT8GTVfM869Z69PQI"

#define KEY_TOKEN_ECDSA \
    "sk-ecdsa-sha2-nistp256@openssh.com " \
    "AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbmlzdHAyNTYAAABBBJLAr47y9LSfZ9I8" \
    "xuMjZRPK83RUpGvN0xuHeA/mhHGlNzFUYwifOkoW05cDRaONeJxK/aRcCNPgbtoT5LJ8OrQAAAAEc3NoOg=="
#define KEY_TOKEN_ECDSA_PRINT "SHA256:0i7t9Mo7Y00hucD1XL2B6KrAkKENFhbl46AUAeIWqG4"

#endif
