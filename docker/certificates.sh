#!/bin/sh
# Makes the certificates of the cluster with openssl: one authority, and one certificate for each node.
#
#   docker/certificates.sh FOLDER NODE[=IP] ...      e.g. docker/certificates.sh docker/certs node1 node2 node3
#
# FOLDER/ca/ca.crt        what nodes and clients trust
# FOLDER/ca.key           the authority's key: keep it away from the nodes
# FOLDER/NODE/node.crt    certificate and key of a node, named NODE and localhost, and by IP where one is given
# FOLDER/NODE/node.key
#
# The nodes know each other by the common name eventstoredb-node, EventStoreDB's default
# (CertificateReservedNodeCommonName), so a certificate of the authority with another name is no node.
# An existing authority is kept: run it again with another name for a new node, or after removing a node's folder for a
# new certificate. Ends with 64 for wrong usage.
set -eu
umask 077

AUTHORITY_DAYS=3650
NODE_DAYS=825

if [ "$#" -lt 2 ]; then
  echo "usage: $0 FOLDER NODE[=IP] ...    example: $0 docker/certs node1 node2 node3" >&2
  exit 64
fi
folder=$1
shift
mkdir -p "$folder/ca"

if [ ! -f "$folder/ca.key" ]; then
  openssl req -x509 -newkey rsa:4096 -sha256 -nodes -days "$AUTHORITY_DAYS" \
    -subj '/O=Forlop/CN=Forlop EventStoreDB authority' \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' \
    -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout "$folder/ca.key" -out "$folder/ca/ca.crt" 2>/dev/null
  echo "made the authority $folder/ca/ca.crt"
fi

for node in "$@"; do
  name=${node%%=*}
  addresses='IP:127.0.0.1'
  [ "$name" = "$node" ] || addresses="$addresses,IP:${node#*=}"
  case $name in
  '' | *[!a-z0-9.-]*)
    echo "not a host name: $name    example: node1, or node1=10.0.0.11" >&2
    exit 64
    ;;
  esac
  if [ -f "$folder/$name/node.crt" ]; then
    echo "kept $folder/$name/node.crt"
    continue
  fi
  mkdir -p "$folder/$name"
  openssl req -newkey rsa:2048 -sha256 -nodes -subj '/CN=eventstoredb-node' \
    -keyout "$folder/$name/node.key" -out "$folder/$name/node.csr" 2>/dev/null
  cat >"$folder/$name/node.ext" <<END
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth
subjectAltName = DNS:$name, DNS:localhost, $addresses
END
  openssl x509 -req -sha256 -days "$NODE_DAYS" -in "$folder/$name/node.csr" -extfile "$folder/$name/node.ext" \
    -CA "$folder/ca/ca.crt" -CAkey "$folder/ca.key" -CAcreateserial -out "$folder/$name/node.crt" 2>/dev/null
  rm "$folder/$name/node.csr" "$folder/$name/node.ext"
  echo "made $folder/$name/node.crt"
done

# A container, which runs as another user, reads the folder that it is given; FOLDER itself is closed to all but us.
chmod 700 "$folder"
find "$folder" -mindepth 1 -type d -exec chmod 755 {} +
find "$folder" -type f ! -name ca.key ! -name ca.srl -exec chmod 644 {} +
