package dev.sessionrelay.prepare.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The commands that are given a secret as an argument whose name does not say so, and how. An option ends in {@code +}
 * when its value is attached to it ({@code mysql -pX}), in {@code @} or {@code %} when the value is a user and, behind
 * such a sign or a colon, a password; {@code #3} is the third argument that is not an option, {@code #-1} the last one.
 * A word before the options must be among the arguments.
 */
final class Commands {
    private static final String TABLE = """
            mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mariadb mariadb-dump mariadb-admin: -p+ --password
            sshpass: -p -p+
            curl: -u@ -u+@ --user@ -U@ --proxy-user@ --pass --oauth2-bearer
            docker podman nerdctl buildah regctl crane oras cosign helm: login -p --password
            skopeo: --creds@ --src-creds@ --dest-creds@ --src-registry-token --dest-registry-token
            redis-cli valkey-cli keydb-cli: -a -a+ --pass
            openssl: -k -K -pass -passin -passout
            gpg gpg2: --passphrase
            zip unzip zipcloak: -P -P+
            7z 7za 7zr 7zz: -p+
            rar unrar: -p+ -hp+
            ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd ldapcompare: -w -w+ -s
            mongo mongosh mongodump mongorestore mongoimport mongoexport mongostat: -p -p+ --password
            sqlcmd bcp osql tsql: -P -P+
            cqlsh cypher-shell beeline arangosh clickhouse-client trino influx twine evil-winrm crackmapexec netexec hydra: -p -p+
            smbclient smbget rpcclient winexe smbmap net: -U%
            smbmap: -p
            xfreerdp xfreerdp3 wfreerdp mstsc: /p:+
            rdesktop: -p
            net: user #3
            cmdkey: /pass:+
            schtasks: /rp
            psexec psexec64: -p
            snmpwalk snmpget snmpset snmpbulkwalk snmptrap: -A -X -c
            mosquitto_pub mosquitto_sub mosquitto_rr: -P
            htpasswd: -b #-1
            htpasswd: -nb #-1
            htpasswd: -bc #-1
            htpasswd: -cb #-1
            htpasswd: -bB #-1
            htpasswd: -Bb #-1
            htpasswd: -nbB #-1
            htpasswd: -bnB #-1
            htpasswd: -bBc #-1
            htpasswd: -Bbn #-1
            mosquitto_passwd: -b #-1
            vault: login #2
            rclone: obscure #2
            keytool jarsigner apksigner: -storepass -keypass -srcstorepass -deststorepass -srckeypass -destkeypass
            http https xh xhs: -a@ --auth@
            ssh-keygen: -N -P
            lftp: -u@
            az: login -p
            gh: secret -b --body
            security: -p -w
            ipmitool: -P
            wpa_passphrase: #2
            networksetup: -setairportnetwork #3
            p4: -P
            nuget: push #2
            nuget: push -ApiKey
            dotnet: push -k
            cargo: login #2
            poetry: http-basic.* #4
            composer: http-basic.* #4
            snyk: auth #2
            ngrok: authtoken #-1
            ngrok: add-authtoken #-1
            doctl: init -t --access-token
            kubeadm: join --token
            ab: -A@
            hey: -a@
            swaks: -ap
            sendemail sendEmail: -xp
            plink pscp psftp putty: -pw
            rabbitmqctl: add_user #3
            rabbitmqctl: change_password #3
            neo4j-admin: set-initial-password #-1
            grafana-cli: reset-admin-password #-1
            bitcoin-cli: walletpassphrase #2
            ansible-vault: encrypt_string #2
            caddy: hash-password --plaintext
            svn: --password
            usermod useradd: -p
            mkpasswd: #1
            etcdctl: --user@
            wget: --password --http-password --ftp-password
            iscsiadm: node.session.auth.password -v
            sysadminctl: -password -newPassword
            dscl: -passwd #-1
            bw: login #3
            sqlplus expdp impdp sqlldr: #1/
            travis: encrypt #2
            codecov: -t
            kinit: --password
            pulumi: --secret #-1
            x11vnc: -passwd
            fly flyctl heroku railway doppler wrangler: secrets #=
            fly flyctl heroku railway doppler: config:set #=
            kubectl oc: secret --from-literal=
            oc: login -p --token
            argocd: login --password
            jfrog jf: -p
            expect: -p
            aws: put-parameter --value
            aws: --secret-string
            az: keyvault --value
            az: -p
            bundle: config #3@
            bundle: config #2@
            dotnet: nuget -p -k
            conan ncftpput ncftpget ncftp rabbitmqadmin cadaver impacket-psexec: -p
            vsce ovsx: -p --pat
            wandb: login #2
            modal: --token-secret --token-secret
            net: use #-1
            openssl: passwd #-1
            openssl: dgst -hmac
            openssl: rsa -passout
            mkpasswd: -m #-1
            qpdf: --encrypt #1
            qpdf: --encrypt #2
            mc: alias #-1
            mc: user #-1
            oathtool: -b #-1
            oathtool: --totp #-1
            erl elixir iex rabbitmq-server: -setcookie
            redis-server valkey-server: --requirepass
            redis-cli: AUTH #-1
            pdftk: user_pw #-1
            pdftk: owner_pw #-1
            litellm: --master_key
            gh: auth --with-token
            wg: set preshared-key
            nmcli: password #-1
            twurl: -p
            aria2c: --http-passwd --ftp-passwd
            yt-dlp: -p
            minio: -p
            ssh-copy-id: -p
            influx: -t --token
            consul nomad: -token
            flyctl fly: -t --access-token
            sentry-cli: --auth-token
            hub gitlab glab: -t --token
            supabase vercel netlify wrangler: --token -t
            kaggle huggingface-cli hf: login --token
            curl: --tlspassword --proxy-pass
            restic borg: --password-command
            """;

    private static final Map<String, List<Command>> ALL = new TreeMap<>();

    /** @param word an argument without which it is another command, or empty */
    record Command(String word, List<String> options) {}

    static {
        TABLE.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            List<String> options =
                    new ArrayList<>(List.of(line.substring(colon + 2).split(" ", -1)));
            boolean condition = options.size() > 1
                    && !options.getFirst().startsWith("#")
                    && (!options.getFirst().startsWith("-") || options.get(1).startsWith("#"));
            String word = condition && !options.getFirst().startsWith("/") ? options.removeFirst() : "";
            for (String name : line.substring(0, colon).split(" ", -1)) {
                ALL.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Command(word, List.copyOf(options)));
            }
        });
    }

    private Commands() {}

    static Iterable<String> names() {
        return ALL.keySet();
    }

    static @Nullable List<Command> of(String name) {
        return ALL.get(name);
    }
}
