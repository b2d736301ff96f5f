{{- define "chronos.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- /* Short enough that a component's name fits behind it. */}}
{{- define "chronos.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "chronos.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "chronos.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "chronos.labels" -}}
{{ include "chronos.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "chronos.selectorLabels" -}}
app.kubernetes.io/name: {{ include "chronos.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- /* (list root "api") */}}
{{- define "chronos.image" -}}
{{- $root := index . 0 }}
{{- with $root.Values.image }}
{{- printf "%s%s-%s:%s" .registry .name (index $ 1) (default $root.Chart.AppVersion .tag) }}
{{- end }}
{{- end }}

{{- define "chronos.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "chronos.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "chronos.secretName" -}}
{{- default (include "chronos.fullname" .) .Values.secrets.existingSecret }}
{{- end }}

{{- /* A pool with what it does not say taken from workerDefaults, as YAML: (list root pool). By hand, since merging
functions take false and 0 for "not said". */}}
{{- define "chronos.pool" -}}
{{- $pool := deepCopy (index . 0).Values.workerDefaults }}
{{- range $key, $value := index . 1 }}
{{- if has $key (list "autoscaling" "podDisruptionBudget") }}
{{- range $inner, $setting := $value }}
{{- $_ := set (get $pool $key) $inner $setting }}
{{- end }}
{{- else }}
{{- $_ := set $pool $key $value }}
{{- end }}
{{- end }}
{{- toYaml $pool }}
{{- end }}

{{- /* More than SHUTDOWN_GRACE_MS, by what a process needs to close afterwards: (list root seconds) */}}
{{- define "chronos.terminationGracePeriodSeconds" -}}
{{- $root := index . 0 }}
{{- $ms := $root.Values.config.SHUTDOWN_GRACE_MS | default "25000" | int64 }}
{{- add (div (add $ms 999) 1000) (index . 1) }}
{{- end }}

{{- /* (list root podSecurityContext); an empty one: that of all pods. */}}
{{- define "chronos.podCommon" -}}
serviceAccountName: {{ include "chronos.serviceAccountName" (index . 0) }}
{{ include "chronos.podSafety" . }}
{{- end }}

{{- /* The same for a pod that runs before the release's own ServiceAccount is there. */}}
{{- define "chronos.podSafety" -}}
{{- $root := index . 0 }}
automountServiceAccountToken: false
# A Service called redis would otherwise put REDIS_PORT=tcp://... into the environment.
enableServiceLinks: false
securityContext:
  {{- index . 1 | default $root.Values.podSecurityContext | toYaml | nindent 2 }}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* A variable's value: Helm reads numbers as floats, and a million would come out as 1e+06. */}}
{{- define "chronos.text" -}}
{{- if kindIs "float64" . }}{{ int64 . }}{{ else }}{{ . }}{{ end }}
{{- end }}

{{- define "chronos.envFrom" -}}
- configMapRef:
    name: {{ include "chronos.fullname" . }}
- secretRef:
    name: {{ include "chronos.secretName" . }}
{{- end }}

{{- define "chronos.probes" -}}
startupProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 2
  timeoutSeconds: 5
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /health/live, port: http }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: { path: /health/ready, port: http }
  periodSeconds: 5
  # A dependency is given up after 3 s.
  timeoutSeconds: 5
  failureThreshold: 2
{{- end }}

{{- /* Where a pod may run: (list root settings componentLabels) */}}
{{- define "chronos.placement" -}}
{{- with index . 1 }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- with .topologySpreadConstraints }}
  {{- toYaml . | nindent 2 }}
  {{- else }}
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- index $ 2 | nindent 8 }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* (list autoscaling) */}}
{{- define "chronos.autoscalerMetrics" -}}
{{- with .metrics }}
{{- toYaml . }}
{{- else }}
- type: Resource
  resource:
    name: cpu
    target:
      type: Utilization
      averageUtilization: {{ .targetCPUUtilizationPercentage }}
{{- end }}
{{- end }}
